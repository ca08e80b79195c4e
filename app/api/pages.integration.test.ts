import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import * as operations from "@/lib/openapi/operations";
import { call } from "@/testing/api/call";
import { makeConnection, makeExport, makeRun } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";

const hour = (n: number) => new Date(Date.UTC(2026, 0, 1, n));
const COUNT = 12;

let tenant: Tenant;
let exportId: string;
/** Newest first. */
const made: string[] = [];

/** Runs created within one millisecond, a few microseconds apart, two of them at the same time. */
beforeAll(async () => {
  tenant = await makeTenant();
  exportId = (await makeExport(tenant, (await makeConnection(tenant)).id)).id;
  const ids: { id: string; us: number }[] = [];
  for (let n = 0; n < COUNT; n++) {
    const us = Math.floor(n / 2) * 7;
    const createdAt = sql`'2026-01-01T00:00:00Z'::timestamptz + ${us} * interval '1 microsecond'`;
    const id = await makeRun(tenant, exportId, { intervalStart: hour(1), intervalEnd: hour(2), state: "Completed" });
    await getDb().execute(sql`update runs set created_at = ${createdAt} where id = ${id}`);
    ids.push({ id, us });
  }
  ids.sort((a, b) => b.us - a.us || (a.id < b.id ? 1 : -1));
  made.push(...ids.map(({ id }) => id));
});

describe("pages of what was made within a millisecond", () => {
  const lists = {
    "the activity log": async (query: Record<string, string | number>) => {
      const asked = { key: tenant.key, params: { projectId: tenant.projectId }, query };
      const { items, nextCursor } = (await call(operations.listActivity, asked)).body;
      return { ids: items.map(({ runId }) => runId), nextCursor };
    },
    "an export's runs": async (query: Record<string, string | number>) => {
      const asked = { key: tenant.key, params: { id: exportId }, query };
      const { items, nextCursor } = (await call(operations.listRuns, asked)).body;
      return { ids: items.map(({ id }) => id), nextCursor };
    },
  };

  it.each(Object.entries(lists))("lack and repeat nothing: %s", async (_, list) => {
    for (const limit of [1, 3, 5]) {
      const found: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const { ids, nextCursor }: { ids: string[]; nextCursor: string | null } = await list({
          limit,
          ...(cursor && { cursor }),
        });
        found.push(...ids);
        cursor = nextCursor;
      }
      expect(found).toEqual(made);
    }
  });
});

describe("the activity log of a large project", () => {
  it("is read by an index, in its order", async () => {
    const plan = await getDb().transaction(async (tx) => {
      // Tables of a test are small: whatever their statistics say, only what a large one needs is left.
      for (const other of ["seqscan", "bitmapscan", "sort"])
        await tx.execute(sql.raw(`set local enable_${other} = off`));
      return tx.execute<{ "QUERY PLAN": string }>(sql`
        explain select * from runs where project_id = ${tenant.projectId} and state = 'Failed'
        order by created_at desc, id desc limit 51`);
    });
    const text = plan.rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(text).toMatch(/Index Scan.* using runs_project_(state|created)/);
    expect(text).toContain("Presorted Key: created_at");
  });
});
