import { beforeAll, describe, expect, it } from "vitest";
import type { Operation } from "@/lib/openapi/operation";
import * as operations from "@/lib/openapi/operations";
import { call, errorOf } from "@/lib/services/testing/call";
import { connectionBody, makeConnection, makeExport, makeRun } from "@/lib/services/testing/make";
import { makeTenant, type Tenant } from "@/lib/services/testing/tenant";

const range = { start: "2026-01-01T00:00:00Z", end: "2026-01-01T03:00:00Z" };
const bodies: Partial<Record<string, unknown>> = {
  createConnection: connectionBody,
  patchConnection: () => ({ name: "Mine now" }),
  patchExport: () => ({ name: "Mine now" }),
  createHistoricExport: () => range,
  estimateHistoricExport: () => range,
};

let owner: Tenant;
let stranger: Tenant;
const ids: Record<string, string> = {};

beforeAll(async () => {
  owner = await makeTenant();
  stranger = await makeTenant();
  const connection = await makeConnection(owner);
  const exported = await makeExport(owner, connection.id);
  const window = { intervalStart: new Date(range.start), intervalEnd: new Date("2026-01-01T01:00:00Z") };
  const run = await makeRun(owner, exported.id, { ...window, state: "Failed" });
  Object.assign(ids, { connections: connection.id, exports: exported.id, runs: run });
});

/** The id of the owner's thing that an operation's path is about. */
const idFor = ({ path }: Operation) => ids[path.split("/")[2] ?? ""];

const all = Object.values(operations) as Operation[];
const byId = all.filter(({ path }) => path.includes("{id}") && !path.startsWith("/api/historic-exports"));
const byProject = all.filter(({ path }) => path.includes("{projectId}"));

const withBody = ({ id }: Operation) => (bodies[id] as (() => unknown) | undefined)?.();

describe("another organization's key", () => {
  it.each(byId.map((operation) => [operation.id, operation] as const))("gets 404 from %s", async (_, operation) => {
    const query: Record<string, string> = operation.id === "getCoverage" ? { from: range.start, to: range.end } : {};
    const params = { id: idFor(operation) ?? "" };
    const answer = await call(operation, { key: stranger.key, params, query, body: withBody(operation) });
    expect(answer.status).toBe(404);
    expect(errorOf(answer).code).toBe("not_found");
  });

  it.each(byProject.map((operation) => [operation.id, operation] as const))(
    "gets 404 from %s",
    async (_, operation) => {
      const body = operation.id.endsWith("Export") ? await exportBody() : withBody(operation);
      const answer = await call(operation, { key: stranger.key, params: { projectId: owner.projectId }, body });
      expect(answer.status).toBe(404);
    },
  );

  it("can't use the owner's connection for an export", async () => {
    const answer = await call(operations.createExport, {
      key: stranger.key,
      params: { projectId: stranger.projectId },
      body: await exportBody(),
    });
    expect(answer.status).toBe(422);
    expect(errorOf(answer).details?.[0]?.path).toBe("connectionId");
  });

  it("sees nothing of the owner's in its lists", async () => {
    const params = { projectId: stranger.projectId };
    expect((await call(operations.listExports, { key: stranger.key, params })).body.items).toEqual([]);
    expect((await call(operations.listConnections, { key: stranger.key, params })).body.items).toEqual([]);
  });
});

const exportBody = async () => ({
  name: "Not mine",
  connectionId: ids.connections,
  destination: { type: "s3" },
  schedule: { every: "hour" },
});
