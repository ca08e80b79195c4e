import { globSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { RouteHandler } from "@/app/api/_lib/route";
import { openApiDocument } from "./document";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** `app/api/runs/[id]/route.ts` as OpenAPI writes it: `/api/runs/{id}`. */
const pathOf = (file: string) =>
  file
    .replace(/^app/, "")
    .replace(/\/route\.ts$/, "")
    .replaceAll(/\[(\w+)\]/g, "{$1}");

// Catch-all routes are better-auth's own and the answer to wrong addresses.
const files = globSync("app/api/**/route.ts").filter((file) => !file.includes("[..."));

const routes: { address: string; handler: RouteHandler }[] = [];

beforeAll(async () => {
  for (const file of files) {
    const module = (await import(/* @vite-ignore */ `../../${file}`)) as Record<string, RouteHandler>;
    for (const method of METHODS)
      if (module[method]) routes.push({ address: `${method} ${pathOf(file)}`, handler: module[method] });
  }
  // All of the services come along, which takes a busy machine some seconds.
}, 60_000);

const document = openApiDocument();
const documented = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ address: `${method.toUpperCase()} ${path}`, operation })),
);

describe("the API's document", () => {
  it("has every route, and nothing else", () => {
    expect(documented.map(({ address }) => address).sort()).toEqual(routes.map(({ address }) => address).sort());
  });

  it("says of each route what that route obeys", () => {
    for (const { address, handler } of routes)
      expect(`${handler.operation.method} ${handler.operation.path}`, address).toBe(address);
  });

  it("has an id of its own for every operation", () => {
    const ids = documented.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("leaves nothing unsaid", () => {
    const empty: string[] = [];
    const walk = (value: unknown, path: string) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return;
      if (Object.keys(value).length === 0) empty.push(path);
      for (const [name, inner] of Object.entries(value)) walk(inner, `${path}/${name}`);
    };
    walk(document.paths, "paths");
    walk(document.components, "components");
    expect(empty).toEqual([]);
  });

  it("never shows a secret in an answer", () => {
    const asked = ["CreateConnection", "PatchConnection", "TestConnection"];
    const answered = Object.entries(document.components?.schemas ?? {}).filter(([name]) => !asked.includes(name));
    expect(JSON.stringify(answered)).not.toContain("secretAccessKey");
    expect(JSON.stringify(document.components?.schemas?.CreateConnection)).toContain("secretAccessKey");
  });

  it("lets what may be null be null", () => {
    expect(document.components?.schemas?.Run).toMatchObject({
      properties: { error: { anyOf: [{ $ref: "#/components/schemas/Failure" }, { type: "null" }] } },
    });
  });
});
