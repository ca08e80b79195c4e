import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { HOUR } from "@/lib/units";
import { call } from "@/testing/api/call";
import { makeSession } from "@/testing/api/session";
import { testStack } from "@/testing/api/stack";
import { makeKey, makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";
import { fillWindow } from "@/testing/runs/events";
import { sourceOwner } from "@/testing/runs/source-owner";
import { until } from "@/testing/runs/until";

const ROWS = 20_000;

let tenant: Tenant;
beforeAll(async () => {
  tenant = await makeTenant();
  const end = Math.floor(Date.now() / HOUR) * HOUR;
  await fillWindow(
    tenant.sourceProjectId,
    { start: new Date(end - HOUR), end: new Date(end) },
    { rows: ROWS, bytes: 3000 },
  );
});

const body = { destination: { type: "s3" }, schedule: { every: "hour" } };
const path = () => operations.previewExport.path.replace("{projectId}", tenant.projectId);

async function preview(asker: { key?: string; headers?: Record<string, string> }, more: object = {}) {
  const params = { projectId: tenant.projectId };
  return (await call(operations.previewExport, { ...asker, params, body: { ...body, ...more } })).body;
}

describe("a preview's rows", () => {
  it("are seen by members and keys that write, and by nobody below", async () => {
    const askers = {
      viewer: { headers: await makeSession(await makeUser(tenant, "viewer")) },
      member: { headers: await makeSession(await makeUser(tenant, "member")) },
      "key that reads": { key: await makeKey(tenant, { scopes: ["read"] }) },
      "viewer's key": { key: await makeKey(tenant, { role: "viewer" }) },
      "key that writes": { key: tenant.key },
    };
    const seen: Record<string, number> = {};
    for (const [name, asker] of Object.entries(askers)) {
      const { rows, sampleRows } = await preview(asker);
      expect(rows, name).toBe(ROWS);
      seen[name] = sampleRows.length;
    }
    expect(seen).toEqual({ viewer: 0, member: 5, "key that reads": 0, "viewer's key": 0, "key that writes": 5 });
  });

  it("have the hashes of columns that are hashed, and nothing of their values", async () => {
    const columns = [{ name: "distinct_id", hash: true }, { name: "uuid" }, { name: "event" }];
    const { sampleRows } = await preview({ key: tenant.key }, { columns });
    expect(sampleRows).toHaveLength(5);
    for (const row of sampleRows) {
      const { distinct_id: hashed, ...others } = JSON.parse(row) as Record<string, string>;
      expect(hashed).toMatch(/^[0-9a-f]{64}$/);
      expect(Object.keys(others)).toEqual(["uuid", "event"]);
      // Without a salt, the hash of a number would reveal it.
      for (let n = 0; n < 10; n++) expect(hashed).not.toBe(createHash("sha256").update(String(n)).digest("hex"));
    }
  });
});

describe("a preview's queries", () => {
  /** Number of the test's queries running at the source. */
  async function running(): Promise<number> {
    const answer = await sourceOwner().query({
      query: "SELECT query FROM system.processes WHERE user = {user:String} AND query LIKE '%properties%'",
      query_params: { user: process.env.CLICKHOUSE_USERNAME },
      format: "JSONEachRow",
    });
    return (await answer.json<{ query: string }>()).filter(({ query }) => query.includes("slow to look at")).length;
  }

  it("end when nobody waits for the answer any more", async () => {
    // Each filter reads every document.
    const properties = Array.from({ length: 20 }, (_, n) => ({
      ...{ column: "properties", key: `slow to look at ${n}`, operator: "is_not_set" },
    }));
    const gone = new AbortController();
    const answer = fetch(`${testStack().web}${path()}`, {
      method: "POST",
      headers: { authorization: `Bearer ${tenant.key}`, "content-type": "application/json" },
      body: JSON.stringify({ ...body, filters: { properties } }),
      signal: gone.signal,
    });
    answer.catch(() => {});
    await until("a query ran", async () => (await running()) > 0);
    gone.abort();
    await until("no query ran", async () => (await running()) === 0, 5);
  });
});
