import { and, eq, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import type { ConnectionRow } from "@/lib/db/rows";
import { connections } from "@/lib/db/schema";
import { bucketOf } from "@/lib/destinations/buckets";
import { openMarkers, verifyConnection as probe } from "@/lib/destinations/registry";
import { sameConfig } from "@/lib/destinations/same-config";
import type { Verified } from "@/lib/destinations/types";
import type { VerifyResult, VerifyStep } from "@/lib/fields/verification";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { claimStep } from "@/lib/services/buckets";
import { processDependencies } from "@/lib/services/dependencies";
import { startFirstRuns } from "@/lib/services/exports";
import { applyPending, blockedBy, gateChanged } from "@/lib/services/schedules";
import { exportsOf } from "./exports-of";
import { externalIdOf } from "./external-id";
import { loadConnection } from "./load";
import { openConnectionSecret, sameSecret } from "./secrets";

/**
 * Verifies a saved connection against all that its exports require, and stores the result. On success, the organization
 * owns the bucket, the exports' schedules run, and exports that never ran start at once. On failure, a connection that
 * worked before stays verified: its exports continue and report their own errors.
 */
export async function verifyConnection(actor: Actor, input: { id: string }): Promise<VerifyResult> {
  const row = await loadConnection(actor, input.id);
  const seen = await tryOut(actor, row);
  const { result, changed } = await getDb().transaction((tx) => keep(tx, actor, row, seen));
  await applyPending(processDependencies(), changed);
  if (result.ok) await startFirstRuns(row);
  return result;
}

/** Tests the settings and, if they work, claims the bucket, unless the settings have changed in the meantime. */
async function tryOut(actor: Actor, row: ConnectionRow): Promise<Verified> {
  const asked = (await exportsOf(getDb(), row)).map(({ model, destination }) => ({ model, destination }));
  const { type, config, organizationId } = row;
  const externalId = await externalIdOf(organizationId);
  const connection = { type, config, secret: openConnectionSecret(row), externalId, organizationId };
  const seen = await probe(connection, asked);
  const address = bucketOf(row);
  if (!seen.ok || !address || !sameConfig((await loadConnection(actor, row.id)).config, config)) return seen;
  const capabilities = seen.capabilities ?? null;
  const markers = openMarkers({ ...connection, capabilities }, asked[0]?.destination ?? null);
  if (!markers) return seen;
  try {
    return { ...seen, ...withStep(seen, await claimStep(actor, row, address, markers)) };
  } finally {
    markers.close();
  }
}

/** Stores the result. Returns it with the exports whose schedules must be applied. */
async function keep(tx: Tx, actor: Actor, tried: ConnectionRow, { capabilities, ...result }: Verified) {
  const row = await loadConnection(actor, tried.id, { tx, lock: true });
  // The result does not apply if the settings have changed since.
  if (!sameConfig(row.config, tried.config) || !sameSecret(row, tried))
    return { result: outdated(result), changed: [] };
  const now = sql`now()`;
  const [next] = await tx
    .update(connections)
    .set({
      ...(result.ok && { verifiedAt: now }),
      ...(capabilities && { capabilities }),
      lastVerifiedAt: now,
      lastVerification: result,
    })
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
    message: "The connection changed during verification, so the result was discarded.",
    fix: "Verify it again.",
  });
