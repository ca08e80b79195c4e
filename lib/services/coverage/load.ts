import { and, eq, gte, isNull, lt, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { receiptLinks, runs, watchedRuns } from "@/lib/db/schema";
import type { Coverage } from "@/lib/schemas/run";
import { restsOf } from "@/lib/services/schedules";
import type { Window } from "@/lib/windows";
import { coverage, type ReceiptFacts } from "./compute";

/** Returns the state of an export's consecutive windows, from the ledger alone. */
export async function loadCoverage(exported: ExportRow, windows: Window[], now: Date): Promise<Coverage[]> {
  const [first, last] = [windows[0], windows.at(-1)];
  if (!first || !last) return [];
  const range = { start: first.start, end: last.end };
  const [found, receipts, rests] = await Promise.all([
    runsOf(exported, range),
    receiptsOf(exported.id, range),
    restsOf(getDb(), exported.id),
  ]);
  return coverage(windows, found, { receipts, rests, createdAt: exported.createdAt, now });
}

const runsOf = ({ organizationId, id }: ExportRow, { start, end }: Window) =>
  getDb()
    .select({
      id: runs.id,
      state: runs.state,
      intervalStart: runs.intervalStart,
      intervalEnd: runs.intervalEnd,
      rows: runs.rows,
      supersededBy: runs.supersededBy,
      trigger: runs.trigger,
      createdAt: runs.createdAt,
    })
    .from(runs)
    .where(
      and(
        eq(runs.organizationId, organizationId),
        eq(runs.exportId, id),
        gte(runs.intervalStart, start),
        lt(runs.intervalStart, end),
      ),
    );

/** The hash of each receipt in a range, and what the last look at it found. */
async function receiptsOf(exportId: string, { start, end }: Window): Promise<Map<string, ReceiptFacts>> {
  const isLastOfSource = sql`${watchedRuns.sourceCheckedAt} > coalesce(${watchedRuns.destinationCheckedAt}, '-infinity')`;
  const rows = await getDb()
    .select({
      runId: watchedRuns.runId,
      outcome: sql<ReceiptFacts["outcome"]>`case when ${isLastOfSource} then ${watchedRuns.sourceOutcome}
        else ${watchedRuns.destinationOutcome} end`,
      checkedAt: sql`greatest(${watchedRuns.sourceCheckedAt}, ${watchedRuns.destinationCheckedAt})`.mapWith(
        watchedRuns.sourceCheckedAt,
      ),
      isBroken: watchedRuns.isBroken,
      sha256: receiptLinks.sha256,
    })
    .from(watchedRuns)
    .leftJoin(
      receiptLinks,
      and(eq(receiptLinks.runId, watchedRuns.runId), eq(receiptLinks.type, "receipt"), isNull(receiptLinks.voidedBy)),
    )
    .where(
      and(
        eq(watchedRuns.exportId, exportId),
        gte(watchedRuns.intervalStart, start),
        lt(watchedRuns.intervalStart, end),
      ),
    );
  return new Map(rows.map(({ runId, ...facts }) => [runId, facts as ReceiptFacts]));
}
