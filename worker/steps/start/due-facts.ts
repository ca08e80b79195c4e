import { and, eq, gte, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { rests, runs } from "@/lib/db/schema";
import { lastedAfter, timelineOf, whole } from "@/lib/services/schedules";
import { boundaryAtOrBefore, type Rest, type Window } from "@/lib/windows";

/** What decides which windows of an export are due. */
export interface DueFacts {
  /** By the database's clock. */
  now: Date;
  /** Rests that lasted past `dueFrom`. */
  rests: Rest[];
  /** Windows from there on that already have a run, in any state: retries happen only on request. */
  done: Window[];
  /** The run that a workflow already has. */
  known: string | null;
}

/** The database's clock as a column, like `dbNow`. */
const clock = sql`date_trunc('milliseconds', clock_timestamp())`;
const time = (value: ReturnType<typeof sql>) => sql<Date | null>`${value}`.mapWith(runs.startedAt);
const kind = (name: "rest" | "done" | "known" | "now") => sql<string>`${sql.raw(`'${name}'`)}`.as("kind");

/** Reads them in one statement. The caller must hold the export. */
export async function readDueFacts(tx: Tx, spec: ExportRow, workflowId = ""): Promise<DueFacts> {
  const from = boundaryAtOrBefore(timelineOf(spec), spec.dueFrom);
  const noId = sql<string | null>`null::uuid`;
  const window = { start: time(sql`${runs.intervalStart}`), end: time(sql`${runs.intervalEnd}`) };
  const found = await tx
    .select({ kind: kind("rest"), id: noId, start: whole(rests.startedAt), end: whole(rests.endedAt) })
    .from(rests)
    .where(lastedAfter(spec))
    .unionAll(
      tx
        .select({ kind: kind("done"), id: noId, ...window })
        .from(runs)
        .where(and(eq(runs.exportId, spec.id), gte(runs.intervalStart, from))),
    )
    .unionAll(
      tx
        .select({ kind: kind("known"), id: sql<string | null>`${runs.id}`, ...window })
        .from(runs)
        .where(eq(runs.workflowId, workflowId)),
    )
    .unionAll(
      tx
        .select({ kind: kind("now"), id: noId, start: time(clock), end: time(sql`null::timestamptz`) })
        .from(sql`(select) n`),
    );
  const all = (name: string) => found.filter((row) => row.kind === name);
  return {
    now: all("now")[0]!.start!,
    rests: all("rest").map(({ start, end }) => ({ startedAt: start!, endedAt: end })),
    done: all("done").map(({ start, end }) => ({ start: start!, end: end! })),
    known: all("known")[0]?.id ?? null,
  };
}
