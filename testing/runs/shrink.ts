import { createHash } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { expect } from "vitest";
import { getDb } from "@/lib/db/client";
import { auditLog, objectKeys, runFiles } from "@/lib/db/schema";
import type { TestBucket } from "./bucket";
import { recordOf } from "./ledger";

/** The failure of a run that would replace more rows than the source has. */
export const wouldShrink = (receipt: number, source: number) => ({
  failure: { code: "would_shrink", retryable: false, rows: { receipt, source } },
});

/** The bytes of every object under a prefix, chains included, as hashes. */
export const contents = async (bucket: TestBucket, prefix: string): Promise<Map<string, string>> => {
  const keys = await bucket.allKeys(prefix);
  const hashes = keys.map(async (key) => {
    const sha256 = createHash("sha256").update(await bucket.bytes(key));
    return [key, sha256.digest("hex")] as const;
  });
  return new Map(await Promise.all(hashes));
};

/** Expects that a refused run has planned, reserved, and bound nothing. */
export async function expectUntouched(runId: string): Promise<void> {
  expect(await recordOf(runId)).toMatchObject({ address: null, planVersion: 0, manifest: null, receipt: null });
  expect(await getDb().$count(runFiles, eq(runFiles.runId, runId))).toBe(0);
  expect(await getDb().$count(objectKeys, eq(objectKeys.runId, runId))).toBe(0);
}

/** What the audit log says of runs that may shrink their windows, oldest first. */
export async function shrinkAudit(runIds: string[]) {
  const entries = await getDb()
    .select()
    .from(auditLog)
    .where(and(inArray(auditLog.objectId, runIds), eq(auditLog.action, "window.shrink")))
    .orderBy(auditLog.id);
  return entries.map(({ objectId, objectName, actorKind, actorName, changes }) => ({
    ...{ objectId, objectName, actorKind, actorName, changes },
  }));
}
