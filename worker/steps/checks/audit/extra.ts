import { and, eq, inArray, ne, sql } from "drizzle-orm";
import pMap from "p-map";
import type { Db } from "@/lib/db/client";
import { objectKeys, runs } from "@/lib/db/schema";
import type { ObjectStore } from "@/lib/destinations/types";
import { pastFiles } from "@/lib/services/ledger";
import type { Audited } from "./audited";
import { byteOrder } from "./byte-order";
import type { Facts } from "./facts";
import type { Place } from "./place";
import { stillCurrent } from "./still-current";

/** Keys per statement. */
const BATCH = 5_000;
/** Objects looked at more closely, per batch of windows. */
const CLOSELY = 200;
/** Requests at a time. */
const AT_ONCE = 8;

interface Looking {
  store: Pick<ObjectStore, "see">;
  place: Place;
  group: readonly Audited[];
  facts: ReadonlyMap<string, Facts>;
  /** Keys of the export's form that are in the bucket and that no receipt of the group names. */
  beside: readonly string[];
}

/** A key that may be an extra one of a run's window. */
interface Suspect {
  key: string;
  runId: string;
}

/**
 * Finds objects of a window that its receipt doesn't name: keys that the ledger reserved for it, once cleaning is done,
 * and keys unknown to the ledger that only this export can have. Each is looked at before it is reported.
 */
export async function findExtra(db: Db, looking: Looking): Promise<void> {
  const { store, facts, place, group } = looking;
  const leftovers = await leftoversOf(db, looking);
  const unknown = await attributed(db, looking, await unknownTo(db, place, looking.beside));
  const suspects = [...leftovers, ...unknown].sort((a, b) => byteOrder(a.key, b.key));
  for (const { runId } of suspects.slice(CLOSELY)) facts.get(runId)!.hasMoreExtra = true;
  const known = new Map(group.map(({ run }) => [run.id, run]));
  await pMap(
    suspects.slice(0, CLOSELY),
    async ({ key, runId }) => {
      const seen = await store.see(key);
      // It was removed meanwhile.
      if (seen === null || seen === "refused") return;
      const requestId = seen.writer?.requestId ?? null;
      if (requestId !== null && (await isAnothers(db, known.get(runId)!.exportId, requestId, key))) return;
      facts.get(runId)!.extra.push(key);
    },
    { concurrency: AT_ONCE },
  );
  for (const { extra } of facts.values()) extra.sort(byteOrder);
}

/**
 * Keys that runs of a window reserved, that its receipt doesn't name, and that were not removed when it was cleaned. None
 * while a run is at work on the window: it reserves keys too.
 */
async function leftoversOf(db: Db, { place, group }: Looking): Promise<Suspect[]> {
  const still = await stillCurrent(
    db,
    group.map(({ run }) => run.id),
  );
  const cleaned = group.filter(({ run }) => run.cleanedAt !== null && still.get(run.id)?.isBusy === false);
  const [first] = cleaned;
  if (!first) return [];
  const starts = [...new Set(cleaned.map(({ run }) => run.intervalStart.getTime()))].map((time) => new Date(time));
  const reserved = await db
    .select({ key: objectKeys.key, start: objectKeys.intervalStart, end: objectKeys.intervalEnd })
    .from(objectKeys)
    .where(
      and(
        eq(objectKeys.exportId, first.run.exportId),
        inArray(objectKeys.intervalStart, starts),
        eq(objectKeys.address, place.address),
        // Marks are empty, and windows share them.
        ne(objectKeys.kind, "marker"),
      ),
    );
  const byWindow = new Map(
    cleaned.map((audited) => [windowOf(audited.run.intervalStart, audited.run.intervalEnd), audited]),
  );
  const named = new Set(group.flatMap((audited) => audited.named.map(({ key }) => key)));
  return reserved.flatMap(({ key, start, end }) => {
    const audited = byWindow.get(windowOf(start, end));
    return audited && !named.has(key) ? [{ key, runId: audited.run.id }] : [];
  });
}

const windowOf = (start: Date, end: Date) => `${start.getTime()} ${end.getTime()}`;

/** Those of the keys that the ledger reserves for no window. Asked after the listing: keys are reserved before they are written. */
async function unknownTo(db: Db, { address }: Place, keys: readonly string[]): Promise<string[]> {
  const unknown = new Set(keys);
  for (let at = 0; at < keys.length; at += BATCH) {
    const batch = sql`${objectKeys.key} = any(${sql.param(keys.slice(at, at + BATCH))}::text[])`;
    const known = await db
      .select({ key: objectKeys.key })
      .from(objectKeys)
      .where(and(eq(objectKeys.address, address), batch));
    for (const { key } of known) unknown.delete(key);
  }
  return [...unknown];
}

/** Gives each key to the window that it names or, if that was never exported, to the one before; only to those of the group. */
async function attributed(db: Db, { place, group }: Looking, keys: readonly string[]): Promise<Suspect[]> {
  const [first] = group;
  if (keys.length === 0 || !first) return [];
  const traces = keys.flatMap((key) => {
    const trace = place.traceOf(key);
    return trace
      ? [{ key, at: "at" in trace ? trace.at.toISOString() : null, request: "at" in trace ? null : trace.requestId }]
      : [];
  });
  const { exportId } = first.run;
  const isCurrent = sql`r.export_id = ${exportId} and r.state = 'Completed' and r.superseded_by is null`;
  const { rows } = await db.execute<{ key: string; id: string }>(sql`
    select t.key, r.id from jsonb_to_recordset(${JSON.stringify(traces)}::jsonb) as t(key text, at timestamptz, request text)
    left join runs w on w.request_id = t.request and w.export_id = ${exportId}
    cross join lateral (
      (select r.id, 1 as choice from runs r where ${isCurrent} and r.interval_start <= coalesce(t.at, w.interval_start)
        order by r.interval_start desc, r.interval_end limit 1)
      union all
      (select r.id, 2 from runs r where ${isCurrent} and r.interval_start > coalesce(t.at, w.interval_start)
        order by r.interval_start, r.interval_end limit 1)
      order by choice limit 1
    ) r`);
  const ids = new Set(group.map(({ run }) => run.id));
  return rows.flatMap(({ key, id }) => (ids.has(id) ? [{ key, runId: id }] : []));
}

/**
 * Whether a run wrote the key that is another export's, or whose receipt is current: their reservation may have been
 * released since.
 */
async function isAnothers(db: Db, exportId: string, requestId: string, key: string): Promise<boolean> {
  const isIts = sql`(runs.export_id <> ${exportId} or (runs.state = 'Completed' and runs.superseded_by is null))`;
  const isWriter = and(eq(runs.requestId, requestId), isIts);
  const { rows } = await db.execute(sql`select 1 from ${pastFiles(isWriter)} where f.key = ${key}
    union all select 1 from ${runs} where ${isWriter} and ${runs.manifest} ->> 'key' = ${key} limit 1`);
  return rows.length > 0;
}
