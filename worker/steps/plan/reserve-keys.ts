import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ObjectKeyRow, RunRow } from "@/lib/db/rows";
import { exports, objectKeys, runs } from "@/lib/db/schema";
import { ExportError } from "@/lib/errors";
import { activeStates } from "@/lib/fields/run-state";
import { namesOneOf } from "@/lib/services/ledger";
import { KeysConflict } from "./keys-conflict";

export type KeyKind = ObjectKeyRow["kind"];
type Reserving = Pick<RunRow, "id" | "organizationId" | "projectId" | "exportId" | "intervalStart" | "intervalEnd">;

/** Keys per statement. */
const BATCH = 5_000;

/**
 * Reserves the keys that a run plans to write at an address, for its window, including keys that other windows planned
 * but no current receipt names. Returns the keys taken from current receipts of the same export's overlapping windows,
 * which the run will overwrite. Throws a `KeysConflict` if another window's receipt, or its active run, needs one of
 * them.
 */
export async function reserveKeys(
  tx: Tx,
  run: Reserving,
  address: string,
  keys: ReadonlyMap<string, KeyKind>,
): Promise<ObjectKeyRow[]> {
  const overwritten: ObjectKeyRow[] = [];
  // Sorted, so that concurrent reservations wait for each other instead of deadlocking.
  const all = [...keys.keys()].sort();
  for (let at = 0; at < all.length; at += BATCH) {
    const batch = all.slice(at, at + BATCH);
    const { rows } = await tx.execute<{ key: string }>(claimOf(run, address, batch, keys));
    if (rows.length === batch.length) continue;
    const mine = new Set(rows.map(({ key }) => key));
    const held = batch.filter((key) => !mine.has(key));
    for (const row of await holders(tx, address, held)) if (await takeOver(tx, run, row)) overwritten.push(row);
  }
  return overwritten;
}

/** SQL: reserves keys that no other window holds. Returns those that are now the run's. */
export const claimOf = (
  run: Reserving,
  address: string,
  keys: readonly string[],
  kinds: ReadonlyMap<string, KeyKind>,
) => sql`
  insert into object_keys (organization_id, project_id, address, key, kind, export_id, interval_start, interval_end, run_id)
  select ${run.organizationId}::uuid, ${run.projectId}::uuid, ${address}, k.key, k.kind, ${run.exportId}::uuid,
    ${run.intervalStart.toISOString()}::timestamptz, ${run.intervalEnd.toISOString()}::timestamptz, ${run.id}::uuid
  from unnest(${sql.param([...keys])}::text[], ${sql.param(keys.map((key) => kinds.get(key)!))}::text[]) as k(key, kind)
  on conflict (address, key) do update set run_id = excluded.run_id, kind = excluded.kind
    where object_keys.export_id = excluded.export_id and object_keys.interval_start = excluded.interval_start
      and object_keys.interval_end = excluded.interval_end
  returning key`;

const holders = (tx: Tx, address: string, keys: string[]): Promise<ObjectKeyRow[]> =>
  tx
    .select()
    .from(objectKeys)
    .where(and(eq(objectKeys.address, address), inArray(objectKeys.key, keys)))
    .for("update");

/** Gives a held key to the run. Returns whether a current receipt of an overlapping window named it. */
async function takeOver(tx: Tx, run: Reserving, held: ObjectKeyRow): Promise<boolean> {
  const isOwn = held.exportId === run.exportId;
  const overlaps = isOwn && held.intervalStart < run.intervalEnd && run.intervalStart < held.intervalEnd;
  // A mark is empty, and the same for every window.
  const isMark = held.kind === "marker" && isOwn;
  const need = await needOf(tx, held);
  if (need === "run" && overlaps && !isMark) throw busy(held);
  if (need !== null && !overlaps && !isMark) throw await conflictWith(tx, run, held);
  const { id: runId, organizationId, projectId, exportId, intervalStart, intervalEnd } = run;
  await tx
    .update(objectKeys)
    .set({ runId, organizationId, projectId, exportId, intervalStart, intervalEnd })
    .where(and(eq(objectKeys.address, held.address), eq(objectKeys.key, held.key)));
  return need === "receipt" && overlaps && !isMark;
}

/** Whether a window's active run may write a key, or its current receipt names it. */
async function needOf(tx: Tx, held: ObjectKeyRow): Promise<"run" | "receipt" | null> {
  const { address, key, kind, exportId, intervalStart, intervalEnd } = held;
  const named = kind === "file" ? namesOneOf(sql`${sql.param([key])}::text[]`) : sql`true`;
  const found = await tx
    .select({ state: runs.state })
    .from(runs)
    .where(
      and(
        eq(runs.exportId, exportId),
        eq(runs.intervalStart, intervalStart),
        eq(runs.intervalEnd, intervalEnd),
        sql`(${inArray(runs.state, activeStates)} or (${runs.state} = 'Completed' and ${runs.supersededBy} is null
          and ${runs.address} = ${address} and ${named}))`,
      ),
    );
  if (found.some(({ state }) => state !== "Completed")) return "run";
  return found.length > 0 ? "receipt" : null;
}

const busy = ({ key, intervalStart, intervalEnd }: ObjectKeyRow) =>
  new ExportError({
    code: "window_busy",
    message: `A run of ${intervalStart.toISOString()} to ${intervalEnd.toISOString()}, which overlaps this window, is writing ${key}.`,
    fix: null,
    retryable: true,
  });

async function conflictWith(tx: Tx, run: Reserving, held: ObjectKeyRow): Promise<KeysConflict> {
  const rows = await tx
    .select({ id: exports.id, name: exports.name, projectId: exports.projectId, createdAt: exports.createdAt })
    .from(exports)
    .where(inArray(exports.id, [run.exportId, held.exportId]));
  const holder = rows.find(({ id }) => id === held.exportId)!;
  const [younger] = rows.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  return new KeysConflict({
    key: held.key,
    holder: holder.projectId === run.projectId ? `the export “${holder.name}”` : "an export of another project",
    window: { start: held.intervalStart, end: held.intervalEnd },
    isOwn: held.exportId === run.exportId,
    younger: younger!.id,
  });
}
