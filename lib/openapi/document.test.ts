import { beforeAll, describe, expect, it } from "vitest";
import { findRoutes, type Route } from "@/testing/api/routes";
import { ADDRESSES } from "./addresses";
import { openApiDocument } from "./document";
import * as operations from "./operations";

let routes: Route[] = [];

beforeAll(async () => {
  routes = await findRoutes();
  // Loads all services, which takes some seconds on a busy machine.
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
    for (const { address, operation } of routes) expect(`${operation.method} ${operation.path}`, address).toBe(address);
  });

  it("has an operation for every address, exported by the name of its id", () => {
    const ids = Object.fromEntries(Object.entries(operations).map(([name, { id }]) => [name, id]));
    expect(ids).toEqual(Object.fromEntries(Object.keys(ADDRESSES).map((id) => [id, id])));
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
    for (const secret of ["secretAccessKey", "privateKey", "passphrase", "serviceAccountKey"])
      expect(JSON.stringify(answered)).not.toContain(secret);
    expect(JSON.stringify(document.components?.schemas?.CreateConnection)).toContain("secretAccessKey");
  });

  it("lets what may be null be null", () => {
    expect(document.components?.schemas?.Run).toMatchObject({
      properties: { error: { anyOf: [{ $ref: "#/components/schemas/Failure" }, { type: "null" }] } },
    });
  });
});
