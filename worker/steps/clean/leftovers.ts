import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { RunRow } from "@/lib/db/rows";
import { objectKeys, runs } from "@/lib/db/schema";
import type { Held } from "@/lib/destinations/stored-objects";
import { pastFiles, sameWindow } from "@/lib/services/ledger";
import type { KeyKind } from "../plan/reserve-keys";

/** A key reserved by a window's runs, or written by an earlier version's run. */
export interface Leftover {
  key: string;
  kind: KeyKind;
  /** The run that planned it last. */
  runId: string;
  /** Null if it is unknown whether the object was stored. */
  measured: Held | null;
  /** Whether a request to store it may still be in flight. */
  isUnknown: boolean;
}

interface Tried extends Record<string, unknown> {
  key: string;
  etag: string | null;
  bytes: number | null;
  sent: boolean;
}

/** All keys reserved at an address for a run's window, with what its runs measured under them. */
export async function leftoversOf(db: Db, run: RunRow, address: string): Promise<Leftover[]> {
  const reserved = await db
    .select({ key: objectKeys.key, kind: objectKeys.kind, runId: objectKeys.runId })
    .from(objectKeys)
    .where(
      and(
        eq(objectKeys.address, address),
        eq(objectKeys.exportId, run.exportId),
        eq(objectKeys.intervalStart, run.intervalStart),
        eq(objectKeys.intervalEnd, run.intervalEnd),
      ),
    );
  const past = pastFiles(and(sameWindow(run), eq(runs.address, address)));
  const { rows: tries } = await db.execute<Tried>(
    sql`select f.key, f.etag, f.bytes::float8 as bytes, f.sent from ${past}`,
  );
  const manifests = await db
    .select({ manifest: runs.manifest })
    .from(runs)
    .where(and(sameWindow(run), eq(runs.address, address)));
  const sent = manifests.flatMap(({ manifest }) => (manifest ? [manifest] : []));
  const measured = new Map<string, Held>();
  for (const it of [...tries, ...sent])
    if (it.etag !== null) measured.set(it.key, { etag: it.etag, bytes: it.bytes ?? 0 });
  // A reserved key that no try names was given up because its object may still appear.
  const planned = new Set(tries.map((it) => it.key));
  for (const it of tries) if (it.sent) planned.delete(it.key);
  const all = reserved.map((row): Leftover => {
    const known = measured.get(row.key) ?? null;
    return { ...row, measured: known, isUnknown: known === null && row.kind !== "marker" && !planned.has(row.key) };
  });
  return [...all, ...(await unaddressed(db, run, address))];
}

/**
 * Files of earlier versions' runs without a recorded address: they belong to this window if the object itself proves
 * it.
 */
async function unaddressed(db: Db, run: RunRow, address: string): Promise<Leftover[]> {
  const { rows } = await db.execute<{ key: string; runId: string }>(sql`
    select distinct f.key, f.run_id as "runId" from ${pastFiles(and(sameWindow(run), isNull(runs.address)))}
    where f.sent and not exists (select 1 from object_keys k where k.address = ${address} and k.key = f.key)`);
  return rows.map((row) => ({ ...row, kind: "file", measured: null, isUnknown: false }));
}
