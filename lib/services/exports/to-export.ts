import type { ExportRow } from "@/lib/db/rows";
import { savedZone } from "@/lib/fields/time-zone";
import type { Export, PauseReason, StoredPause } from "@/lib/schemas/export";
import { blockedBy, timelineOf } from "@/lib/services/schedules";
import { nextRunAt } from "@/lib/windows";
import type { RecentRun } from "./recent-runs";
import type { ExportTotals } from "./totals";

interface Beside {
  connection: { name: string; place: string; verifiedAt: Date | null; automatic: boolean };
  /** Names of the users that the row mentions. */
  people: Map<string, string>;
  recentRuns: RecentRun[];
  totals: ExportTotals | undefined;
  now: Date;
}

export function toExport(row: ExportRow, { connection, people, recentRuns, totals, now }: Beside): Export {
  const next = nextRunAt(timelineOf(row), row, now);
  return {
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    model: row.model,
    connectionId: row.connectionId,
    destination: row.destination,
    columns: row.columns,
    fileSchema: row.fileSchema,
    filters: row.filters,
    schedule: { ...row.schedule, timezone: savedZone(row.schedule.timezone) },
    pastSchedules: row.pastSchedules,
    startAt: row.startAt?.toISOString() ?? null,
    endAt: row.endAt?.toISOString() ?? null,
    paused: row.paused,
    pauseAfterFailures: row.pauseAfterFailures,
    settleSeconds: row.settleSeconds,
    checks: row.checks,
    pause: row.pause && withName(row.pause, people),
    blockedBy: blockedBy(connection),
    createdBy: people.get(row.createdBy ?? "") ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    connectionName: connection.name,
    place: connection.place,
    nextRunAt: row.paused || blockedBy(connection) ? null : (next?.toISOString() ?? null),
    ended: row.schedule.every !== "once" && next === null,
    lastSuccessAt: totals?.lastSuccessAt?.toISOString() ?? null,
    rowsLast24h: totals?.rowsLast24h ?? 0,
    recentRuns: recentRuns.map((run) => ({
      ...run,
      intervalStart: run.intervalStart.toISOString(),
      intervalEnd: run.intervalEnd.toISOString(),
    })),
    activeRuns: totals?.activeRuns ?? 0,
    activeHistoricExports: totals?.activeHistoricExports ?? 0,
  };
}

const withName = ({ userId, keyName, ...pause }: StoredPause, people: Map<string, string>): PauseReason => ({
  ...pause,
  name: keyName ?? people.get(userId ?? "") ?? null,
});
