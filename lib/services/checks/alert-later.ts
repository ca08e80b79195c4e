import { and, desc, eq, isNotNull, or, sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import type { CheckRow, WatchedRunRow } from "@/lib/db/rows";
import { checks, watchedRuns } from "@/lib/db/schema";
import { lockExport } from "@/lib/services/ledger";
import { alertFindings } from "./alert-findings";
import { noteReported } from "./note-looked";
import { activeWindows, type Recorded } from "./record";

/** Exports per round. */
const MOST = 50;

/**
 * Reports findings that were held back because the same was found of another window within a day, in one alert for all
 * of an export. Returns the alerts.
 */
export async function alertLater(db: Db): Promise<string[]> {
  const all: string[] = [];
  for (const exportId of await exportsWithUnreported(db))
    all.push(
      ...(await db.transaction(async (tx) => {
        const exported = await lockExport(tx, exportId);
        const { alertIds, recorded } = await alertFindings(tx, exported, await unreportedOf(tx, exportId));
        await noteReported(tx, recorded);
        return alertIds;
      })),
    );
  return all;
}

/** SQL: whether a finding waits, and no alert has reported the like in the last day. */
const mayReport = (kind: "source" | "destination") => {
  const waiting = kind === "source" ? watchedRuns.sourceUnreported : watchedRuns.destinationUnreported;
  return sql`${waiting} is not null and not exists (select 1 from alerts a where a.export_id = ${watchedRuns.exportId}
    and a.kind = 'finding' and a.cause = ${`check_${kind}_`} || ${waiting} and a.created_at > now() - interval '24 hours')`;
};

const exportsWithUnreported = async (db: Db): Promise<string[]> =>
  (
    await db
      .selectDistinct({ exportId: watchedRuns.exportId })
      .from(watchedRuns)
      .where(sql`(${mayReport("source")}) or (${mayReport("destination")})`)
      .limit(MOST)
  ).map(({ exportId }) => exportId);

/** The findings that wait, but for those of windows that a run works on. */
async function unreportedOf(tx: Tx, exportId: string): Promise<Recorded[]> {
  const isSource = sql<boolean>`${checks.kind} = 'source'`;
  const rows = await tx
    .selectDistinctOn([checks.runId, isSource], { check: checks, watched: watchedRuns })
    .from(watchedRuns)
    .innerJoin(checks, eq(checks.runId, watchedRuns.runId))
    .where(
      and(
        eq(watchedRuns.exportId, exportId),
        or(isNotNull(watchedRuns.sourceUnreported), isNotNull(watchedRuns.destinationUnreported)),
        sql`${checks.outcome} = case when ${isSource} then ${watchedRuns.sourceUnreported} else ${watchedRuns.destinationUnreported} end`,
      ),
    )
    .orderBy(checks.runId, isSource, desc(checks.checkedAt), desc(checks.id));
  const active = await activeWindows(tx, exportId);
  return rows.map(({ check, watched }) => toRecorded(check, watched, active.has(+check.intervalStart)));
}

function toRecorded(check: CheckRow, watched: WatchedRunRow, isPending: boolean): Recorded {
  const { runId: id, kind, outcome, reason, expected, found } = check;
  const finding = { run: { ...check, id }, kind, outcome, reason, expected, found };
  return { finding, watched, heal: null, isPending };
}
