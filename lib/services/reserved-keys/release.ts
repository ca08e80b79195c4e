import { and, eq, inArray, ne, notInArray } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { connections, exports, objectKeys, runs } from "@/lib/db/schema";
import { canonicalAddress } from "@/lib/destinations/canonical-address";
import { conflict, notFound } from "@/lib/errors";
import { activeStates } from "@/lib/fields/run-state";
import type { ReleasedKeys } from "@/lib/schemas/reserved-keys";
import { type Actor, requireProject } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";

/**
 * Releases keys for other exports: all that a deleted export reserved, or a live export's in buckets it no longer
 * writes to. Objects and receipts stay. Keys of active runs stay reserved. Throws a 409 if nothing can be released.
 */
export async function releaseKeys(actor: Actor, input: { id: string }): Promise<ReleasedKeys> {
  return getDb().transaction(async (tx) => {
    const { exported, connection } = await lock(tx, actor, input.id);
    const { id, name, projectId, deletedAt } = exported;
    const present = canonicalAddress(connection);
    const active = tx
      .select({ id: runs.id })
      .from(runs)
      .where(and(eq(runs.exportId, id), inArray(runs.state, activeStates)));
    const { rowCount } = await tx
      .delete(objectKeys)
      .where(
        and(
          eq(objectKeys.exportId, id),
          deletedAt ? undefined : ne(objectKeys.address, present),
          notInArray(objectKeys.runId, active),
        ),
      );
    const released = rowCount ?? 0;
    if (released === 0 && (!deletedAt || (await hasKeys(tx, id)))) throw inUse(name, deletedAt !== null);
    if (released === 0) return { released };
    await recordAudit(tx, actor, { action: "keys.release", object: { id, name }, projectId, after: { released } });
    return { released };
  });
}

/** Locks the export, deleted or not: until commit, it neither moves nor plans. */
async function lock(tx: Tx, actor: Actor, id: string) {
  const [row] = await tx
    .select({ exported: exports, connection: connections })
    .from(exports)
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .where(and(eq(exports.id, id), eq(exports.organizationId, actor.organizationId)))
    // Not "for update": a plan that reserves keys must reference the export.
    .for("no key update", { of: exports });
  if (!row) throw notFound("export");
  requireProject(actor, row.exported.projectId);
  return row;
}

const hasKeys = async (tx: Tx, exportId: string) =>
  (await tx.select({ key: objectKeys.key }).from(objectKeys).where(eq(objectKeys.exportId, exportId)).limit(1)).length >
  0;

const inUse = (name: string, isDeleted: boolean) =>
  conflict(
    "keys_in_use",
    isDeleted
      ? `A run of “${name}” is still in progress. Wait until it has ended, then release the keys.`
      : `“${name}” has no keys outside the bucket that it writes to. Delete the export first.`,
  );
