import { randomUUID } from "node:crypto";
import { asc, eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { alerts, checks, exports, watchedRuns } from "@/lib/db/schema";
import type { S3DestinationInput } from "@/lib/destinations/s3/settings";
import { micros } from "@/lib/source/time";
import type { Window } from "@/lib/windows";
import { eventRow, insertEvents } from "./events";
import { completeWindow, makeExport, pastHour } from "./exports";
import type { TestProject } from "./project";
import { sourceOwner } from "./source-owner";

/** Rows of each committed window. */
export const ROWS = 40;

/** A day and an hour, in seconds. */
export const [DAYS, HOURS] = [86_400, 3600];

export type Committed = Awaited<ReturnType<ReturnType<typeof lookSteps>["commit"]>>;

/** Steps of tests that look at committed windows again, each an hour of its own. */
export function lookSteps(project: () => TestProject) {
  let hours = 0;
  const nextHour = () => {
    hours += 1;
    return pastHour(hours);
  };

  /** A committed window with rows of two events, spread over the hour. */
  async function commit(destination: Partial<S3DestinationInput> = {}, { rows = ROWS }: { rows?: number } = {}) {
    const window = nextHour();
    const step = Math.floor((micros(window.end) - micros(window.start)) / ROWS);
    const made = Array.from({ length: rows }, (_, index) =>
      eventRow(micros(window.start) + index * step, {
        event: Buffer.from(index % 2 === 0 ? "even" : "odd"),
        properties: Buffer.from(`{"noise":"${Array.from({ length: 20 }, () => randomUUID()).join("")}"}`),
      }),
    );
    if (made.length > 0) await insertEvents(project().sourceProjectId, made);
    const exported = await makeExport(project(), { destination });
    const run = await completeWindow(project(), exported.id, window);
    return { window, exported, run, made };
  }

  const deleteEvents = (window: Window, where: string) =>
    sourceOwner().command({
      query: `ALTER TABLE events DELETE WHERE project_id = {p:UInt32} AND inserted_at >= fromUnixTimestamp64Micro({s:Int64}, 'UTC')
        AND inserted_at < fromUnixTimestamp64Micro({e:Int64}, 'UTC') AND ${where} SETTINGS mutations_sync = 2`,
      query_params: { p: project().sourceProjectId, s: micros(window.start), e: micros(window.end) },
    });

  /** Inserts a row that arrived in a window that is committed. */
  const arriveLate = ({ window }: { window: Window }) =>
    insertEvents(project().sourceProjectId, [eventRow(micros(window.start) + 7, { event: Buffer.from("even") })]);

  return { nextHour, commit, deleteEvents, arriveLate };
}

/** Makes a run's next look due, as if it had been committed this many seconds ago. */
export const makeDue = (runId: string, seconds: number) =>
  getDb()
    .update(watchedRuns)
    .set({ committedAt: sql`now() - ${seconds} * interval '1 second'`, nextLookAt: sql`now()` })
    .where(eq(watchedRuns.runId, runId));

export const checksOf = (runId: string) =>
  getDb().select().from(checks).where(eq(checks.runId, runId)).orderBy(asc(checks.checkedAt));

export const watchOf = async (runId: string) =>
  (await getDb().select().from(watchedRuns).where(eq(watchedRuns.runId, runId)))[0]!;

export const alertsOf = (exportId: string) =>
  getDb().select().from(alerts).where(eq(alerts.exportId, exportId)).orderBy(asc(alerts.createdAt));

/** Lets healing start runs: a paused export waits. Its schedule stays paused in Temporal, and nothing is due. */
export const wake = (exportId: string, onLate: "heal" | "ask" | "report" = "heal") =>
  getDb()
    .update(exports)
    .set({
      paused: false,
      dueFrom: sql`now() + interval '1 day'`,
      checks: sql`${exports.checks} || ${JSON.stringify({ onLate })}::jsonb`,
    })
    .where(eq(exports.id, exportId));
