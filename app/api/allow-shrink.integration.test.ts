import { and, eq, inArray } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { auditLog, checks, runs } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import { call, errorOf } from "@/testing/api/call";
import { makeConnection, makeExport, makeRun } from "@/testing/api/make";
import { makeSession } from "@/testing/api/session";
import { makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
const window = (hour: number) => ({ intervalStart: at(hour), intervalEnd: at(hour + 1) });
let hours = 0;
const freshWindow = () => window(hours++);

let tenant: Tenant;
let key: string;
let exportId: string;

beforeAll(async () => {
  tenant = await makeTenant();
  key = tenant.key;
  exportId = (await makeExport(tenant, (await makeConnection(tenant)).id)).id;
});

describe("a retry", () => {
  it("may shrink its window only if an admin says so, for this run alone, and the audit log names both counts", async () => {
    const error = { code: "would_shrink", message: "", fix: null, retryable: false, rows: { receipt: 9, source: 4 } };
    const failing = async (more = {}) => ({
      params: { id: await makeRun(tenant, exportId, { ...freshWindow(), state: "Failed", error, ...more }) },
    });
    const allowing = { ...(await failing()), body: { allowShrink: true } };
    const member = await makeSession(await makeUser(tenant, "member"));
    const refused = await call(operations.retryRun, { headers: member, ...allowing });
    expect(refused.status).toBe(403);
    expect(errorOf(refused).message).toMatch(
      /^Only admins and higher roles can replace a window with fewer rows\. You are a member/,
    );
    const theirs = await call(operations.retryRun, {
      headers: member,
      ...(await failing()),
      body: { allowShrink: false },
    });
    expect(theirs.status).toBe(201);

    const admin = await makeSession(await makeUser(tenant, "admin"));
    const { status, body } = await call(operations.retryRun, { headers: admin, ...allowing });
    expect(status).toBe(201);
    const later = await call(operations.retryRun, { key, ...(await failing({ allowShrink: true })) });
    const ids = [theirs.body.id, body.id, later.body.id];
    const rows = await getDb().select().from(runs).where(inArray(runs.id, ids));
    expect(rows.filter(({ allowShrink }) => allowShrink).map(({ id }) => id)).toEqual([body.id]);
    const entries = await getDb()
      .select()
      .from(auditLog)
      .where(and(inArray(auditLog.objectId, ids), eq(auditLog.action, "run.retry")))
      .orderBy(auditLog.id);
    const fields = entries.map(({ changes }) => changes.filter(({ field }) => /^(allowShrink|rows)/.test(field)));
    expect(fields).toEqual([
      [],
      [
        { field: "allowShrink", before: null, after: true },
        { field: "rows.receipt", before: null, after: 9 },
        { field: "rows.source", before: null, after: 4 },
      ],
      [],
    ]);
  });

  it("names the counts of the receipt and its last check where the run did not fail", async () => {
    const its = freshWindow();
    const completed = await makeRun(tenant, exportId, { ...its, state: "Completed", rows: 7 });
    const { organizationId, projectId } = tenant;
    const about = { organizationId, projectId, exportId, runId: completed, ...its, kind: "source" as const };
    const found = (rows: number, hour: number) => ({
      ...{ ...about, outcome: "shrunk" as const, expected: { rows: 7 }, found: { rows }, checkedAt: at(hour) },
    });
    await getDb()
      .insert(checks)
      .values([found(5, 20), found(3, 21)]);
    const { body } = await call(operations.retryRun, { key, params: { id: completed }, body: { allowShrink: true } });
    const [entry] = await getDb().select().from(auditLog).where(eq(auditLog.objectId, body.id));
    expect(entry?.changes).toEqual(
      expect.arrayContaining([
        { field: "rows.receipt", before: null, after: 7 },
        { field: "rows.source", before: null, after: 3 },
      ]),
    );
  });

  it.each([
    ["null", 422],
    ["[]", 422],
    ['{"allowShrink": null}', 422],
    ['{"allowShrink": "true"}', 422],
    ['{"allowShrink": 1}', 422],
    ["{", 400],
    ["", 201],
    ["{}", 201],
    ['{"allowShrink": false}', 201],
  ])("answers the body %j with %i", async (body, status) => {
    const id = await makeRun(tenant, exportId, { ...freshWindow(), state: "Failed" });
    expect((await call(operations.retryRun, { key, params: { id }, body })).status).toBe(status);
  });
});
