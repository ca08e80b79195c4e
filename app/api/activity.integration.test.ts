import { beforeAll, describe, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { call } from "@/testing/api/call";
import { makeConnection, makeExport, makeHistoric, makeRun } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));

let tenant: Tenant;
let exportId: string;
let otherId: string;
/** Newest first. */
let made: string[];

/** Runs of two exports, each requested an hour after the previous one. */
beforeAll(async () => {
  tenant = await makeTenant();
  const connection = await makeConnection(tenant);
  exportId = (await makeExport(tenant, connection.id, { name: "First" })).id;
  otherId = (await makeExport(tenant, connection.id, { name: "Second" })).id;
  const historicExportId = await makeHistoric(tenant, exportId, { windows: 1, requestedBy: "ada@penstock.test" });
  const runs = [
    [exportId, { trigger: "schedule", state: "Completed", requestId: "aaaa%0000000test", rows: 5, files: 1 }],
    [exportId, { trigger: "historic", state: "Failed", historicExportId }],
    [exportId, { trigger: "retry", state: "Cancelled", historicExportId, requestedBy: "A key" }],
    [otherId, { trigger: "once", state: "Completed", requestId: "aaaa_1111111test" }],
  ] as const;
  made = [];
  for (const [hour, [of, values]] of runs.entries()) {
    const window = { intervalStart: at(hour), intervalEnd: at(hour + 1) };
    made.unshift(await makeRun(tenant, of, { ...window, createdAt: at(hour + 1), ...values }));
  }
});

const list = async (query: Record<string, string | number> = {}) =>
  (await call(operations.listActivity, { key: tenant.key, params: { projectId: tenant.projectId }, query })).body;
const ids = async (query: Record<string, string | number>) => (await list(query)).items.map(({ runId }) => runId);

describe("the activity log", () => {
  it("shows every request of the project, the newest first, with who asked and Done for what is completed", async () => {
    const { items } = await list();
    expect(items.map(({ runId }) => runId)).toEqual(made);
    expect(items.map(({ requestedBy }) => requestedBy)).toEqual([null, "A key", "ada@penstock.test", null]);
    expect(items.map(({ state }) => state)).toEqual(["Done", "Cancelled", "Failed", "Done"]);
    expect(items[3]).toMatchObject({
      requestId: "aaaa%0000000test",
      exportName: "First",
      type: "events",
      format: "jsonl",
      compression: "gzip",
      intervalStart: at(0).toISOString(),
      intervalEnd: at(1).toISOString(),
      rows: 5,
      files: 1,
    });
  });

  it.each([
    ["the beginning of a request id", { requestId: "AAAA" }, [0, 3]],
    ["a whole request id", { requestId: "aaaa_1111111test" }, [0]],
    ["a request id with signs of LIKE, taken for themselves", { requestId: "aaaa%" }, [3]],
    ["a sign of LIKE alone", { requestId: "%" }, []],
    ["a trigger", { trigger: "historic" }, [2]],
    ["the state Done", { state: "Done" }, [0, 3]],
    ["a state", { state: "Failed" }, [2]],
    ["when it was asked for", { from: at(2).toISOString(), to: at(4).toISOString() }, [1, 2]],
  ])("can be limited by %s", async (_, query, expected) => {
    expect(await ids(query)).toEqual(expected.map((index) => made[index]));
  });

  it("can be limited to an export", async () => {
    expect(await ids({ exportId: otherId })).toEqual([made[0]]);
  });

  it("comes whole in pages", async () => {
    const first = await list({ limit: 3 });
    const rest = await list({ limit: 3, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...rest.items].map(({ runId }) => runId)).toEqual(made);
    expect(rest.nextCursor).toBeNull();
  });

  it("is nobody else's", async () => {
    const { key } = await makeTenant();
    const answer = await call(operations.listActivity, { key, params: { projectId: tenant.projectId } });
    expect(answer.status).toBe(404);
  });
});
