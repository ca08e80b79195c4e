import { and, eq, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import { verifyConnection as probe } from "@/lib/destinations/registry";
import type { S3Config } from "@/lib/destinations/s3/schema";
import type { VerifyResult, VerifyStep } from "@/lib/schemas/connection";
import { recordAudit } from "@/lib/services/audit/record";
import type { Actor } from "@/lib/services/auth/actor";
import { claimBucket } from "@/lib/services/buckets/claim";
import { applyPending } from "@/lib/services/exports/apply-pending";
import { blockedBy } from "@/lib/services/exports/blocked";
import { startFirstRuns } from "@/lib/services/exports/first-run";
import { gateChanged } from "@/lib/services/exports/gate-changed";
import { exportsOf } from "./exports-of";
import { externalIdOf } from "./external-id";
import { type ConnectionRow, loadConnection } from "./load";
import { sameConfig } from "./merge";
import { openConnectionSecret, sameSecret } from "./secrets";

/**
 * Tries out a saved connection with all that its exports ask of it, and keeps the result. When it works, its bucket becomes the
 * organization's, its exports' schedules run, and those that never ran start at once. A failure leaves a connection that
 * worked before as it is: its exports go on, and tell by themselves what they meet.
 */
export async function verifyConnection(actor: Actor, input: { id: string }): Promise<VerifyResult> {
  const row = await loadConnection(actor, input.id);
  const settings = (await exportsOf(getDb(), row)).map(({ destination }) => destination);
  const { type, config } = row;
  const externalId = await externalIdOf(row.organizationId);
  const seen = await probe({ type, config, secret: openConnectionSecret(row), externalId }, settings);
  const { result, changed } = await getDb().transaction((tx) => keep(tx, actor, row, seen));
  await applyPending(changed);
  if (result.ok) await startFirstRuns(row);
  return result;
}

/** Keeps what was seen; answers with it, and with the exports whose schedules are to be applied. */
async function keep(tx: Tx, actor: Actor, tried: ConnectionRow, seen: VerifyResult) {
  const row = await loadConnection(actor, tried.id, { tx, lock: true });
  // A result for settings that were changed meanwhile would be a lie.
  if (!sameConfig(row.config, tried.config) || !sameSecret(row, tried)) return { result: outdated(seen), changed: [] };
  const result = seen.ok && row.type === "s3" ? withStep(seen, await bucketStep(tx, actor, row)) : seen;
  const now = sql`now()`;
  const [next] = await tx
    .update(connections)
    .set({ ...(result.ok && { verifiedAt: now }), lastVerifiedAt: now, lastVerification: result })
    .where(and(eq(connections.id, row.id), eq(connections.organizationId, row.organizationId)))
    .returning();
  const { id, name, projectId } = row;
  const failed = result.steps.filter(({ status }) => status === "failed").map((step) => step.name);
  const after = { ok: result.ok, ...(failed.length > 0 && { failed }) };
  await recordAudit(tx, actor, { action: "connection.verify", object: { id, name }, projectId, after });
  return { result, changed: blockedBy(row) === blockedBy(next!) ? [] : await gateChanged(tx, row) };
}

const withStep = ({ steps, ok }: VerifyResult, step: VerifyStep): VerifyResult => ({
  ok: ok && step.status !== "failed",
  steps: [...steps, step],
});

const outdated = (seen: VerifyResult): VerifyResult =>
  withStep(seen, {
    name: "Unchanged",
    status: "failed",
    message: "The connection was changed while it was verified, so this result is not kept.",
    fix: "Verify it again.",
  });

async function bucketStep(tx: Tx, actor: Actor, row: ConnectionRow): Promise<VerifyStep> {
  const { bucket } = row.config as S3Config;
  if (await claimBucket(tx, actor, row))
    return { name: "Bucket", status: "passed", message: `The bucket ${bucket} belongs to your organization.` };
  return {
    name: "Bucket",
    status: "failed",
    message: `The bucket ${bucket} belongs to another organization.`,
    fix: "Use another bucket, or let an owner of the other organization release this one.",
  };
}
