import type { RunFileRow, RunLogRow, RunRow } from "@/lib/db/rows";
import type { Run, RunFile, RunLog } from "@/lib/schemas/run";
import type { runColumns } from "./columns";

export type ListedRun = Pick<RunRow, keyof typeof runColumns>;

interface Beside {
  /** Number of its files in place. */
  filesDone: number;
  /** Whether what its receipt names is no longer so. */
  isBroken: boolean;
}

/** A run that has only begun. */
export const BEGUN: Beside = { filesDone: 0, isBroken: false };

/** Converts a run to API form. */
export function toRun(row: ListedRun, { filesDone, isBroken }: Beside): Run {
  return {
    id: row.id,
    requestId: row.requestId,
    exportId: row.exportId,
    historicExportId: row.historicExportId,
    retryOf: row.retryOf,
    supersededBy: row.supersededBy,
    receiptStatus: receiptStatus(row, isBroken),
    trigger: row.trigger,
    state: row.state,
    intervalStart: row.intervalStart.toISOString(),
    intervalEnd: row.intervalEnd.toISOString(),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    attempt: row.attempt,
    rows: row.rows,
    bytes: row.bytes,
    files: row.files,
    filesDone,
    error: row.error,
  };
}

function receiptStatus({ state, supersededBy }: ListedRun, isBroken: boolean): Run["receiptStatus"] {
  if (state !== "Completed") return null;
  if (supersededBy !== null) return "superseded";
  return isBroken ? "broken" : "current";
}

export function toRunFile(row: RunFileRow): RunFile {
  return {
    index: row.index,
    key: row.key,
    state: row.state,
    attempt: row.attempt,
    expectedRows: row.expectedRows,
    rows: row.rows,
    bytes: row.bytes,
    sha256: row.sha256,
    etag: row.etag,
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    error: row.error,
  };
}

export function toRunLog(row: RunLogRow): RunLog {
  const { id, level, attempt, file, message } = row;
  return { id, time: row.time.toISOString(), level, attempt, file, message };
}
