import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { HOUR } from "@/lib/units";
import { makeExport } from "@/testing/api/make";
import { makeSubjects, type Subject } from "@/testing/api/matrix/subjects";
import { makeWorld, type World } from "@/testing/api/matrix/world";
import { bringToRest, resetSource } from "@/testing/api/rest";
import { pythonPrograms } from "@/testing/stack/python";
import { runCommand } from "@/testing/stack/run-command";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

/** The same seed repeats the same requests: `PENSTOCK_SEED=… npm test -- --only integration -- app/api/schemathesis` */
const seed = Number(process.env.PENSTOCK_SEED ?? Math.floor(Math.random() * 2 ** 31));

const isLong = process.env.PENSTOCK_LONG === "1";

const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
].join(",");

/** Roles to send requests as; only `npm run test:long` uses all. */
const ROLES = isLong
  ? ["no session", "viewer", "member", "admin", "owner", "operator who is a viewer", "read key", "write key"]
  : ["owner"];

let world: World;
let web: SpawnedWeb;
let subjects: Subject[];
let programs: string;
let [sent, faults] = [0, 0];

beforeAll(async () => {
  programs = await pythonPrograms("testing/stack/requirements-schemathesis.txt");
  world = await makeWorld();
  await makeExport(world.ours, world.connectionId);
  subjects = await makeSubjects(world.ours, world.other);
  web = await spawnWeb({ API_RATE_PER_MINUTE: "1000000", ALLOW_SIGNUP: "true", TRUSTED_PROXIES: "loopback" });
}, 300_000);
afterAll(async () => {
  console.log(`schemathesis: seed ${seed}, ${ROLES.length} roles, ${sent} requests, ${faults} faults`);
  await web?.stop();
});

/** Sends requests as one role. Returns the report, which includes the number of requests sent. */
async function attack({ headers }: Subject) {
  const sentHeaders = {
    ...headers,
    origin: web.web,
    "x-penstock-organization": world.ours.organizationId,
    // PostgreSQL counts limits by address: this run must not use up other tests' quota.
    "x-forwarded-for": "198.51.100.7",
  };
  const args = [
    ...["run", `${web.web}/api/openapi.json`, "--url", web.web, "--checks", CHECKS, "--seed", String(seed)],
    ...["--phases", isLong ? "examples,coverage,fuzzing,stateful" : "fuzzing,stateful"],
    ...["--max-examples", isLong ? "30" : "2", "--workers", "2", "--continue-on-failure", "--warnings", "off"],
    ...["--generation-database", "none", "--suppress-health-check", "all", "--request-timeout", "60", "--no-color"],
    // The session must stay valid until the last request.
    ...["--exclude-operation-id", "changePassword", "--exclude-operation-id", "endSession"],
    ...Object.entries(sentHeaders).flatMap(([name, value]) => ["--header", `${name}: ${value}`]),
  ];
  // It writes its findings to its cwd.
  const cwd = mkdtempSync(join(tmpdir(), "penstock-schemathesis-"));
  try {
    return await runCommand(join(programs, "schemathesis"), args, { cwd });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

afterEach(async () => {
  await bringToRest(world.ours);
  await resetSource();
});

describe("requests that are made from the API's document", () => {
  it.each(ROLES)(
    "find no fault as %s",
    async (role) => {
      const { code, output } = await attack(subjects.find(({ name }) => name === role)!);
      console.log(output.slice(output.lastIndexOf("SUMMARY")).slice(0, 1500));
      sent += Number(/([\d,]+) generated/.exec(output)?.[1]?.replaceAll(",", "") ?? 0);
      faults += Number(/([\d,]+) unique failures?/.exec(output)?.[1] ?? (code === 0 ? 0 : 1));
      expect(code, output.slice(-8000)).toBe(0);
    },
    HOUR,
  );

  it("are many", () => {
    expect(sent).toBeGreaterThan(ROLES.length * 100);
  });
});
