import type { Actor } from "@/lib/services/access/actor";
import { downloadRunLogs } from "@/lib/services/runs/download-logs";
import { getRun } from "@/lib/services/runs/get";
import { listRuns } from "@/lib/services/runs/list";
import { listRunFiles } from "@/lib/services/runs/list-files";
import { listRunLogs } from "@/lib/services/runs/list-logs";
import { DAY } from "@/lib/units";
import { paged } from "./paged";
import type { Requests } from "./requests";
import type { Subjects } from "./subjects";

const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();

/** Requests about runs. */
export function runRequests(
  actor: Actor,
  { hourly: exportId, hourlyRun, historicId, big, bigRun }: Subjects,
): Requests {
  const runs = { exportId, limit: 25 };
  return {
    ...paged("runs", (at) => listRuns(actor, { ...runs, ...at })),
    "runs that failed": () => listRuns(actor, { ...runs, state: "Failed" }),
    "runs that are under way": () => listRuns(actor, { ...runs, state: "Running" }),
    "runs of some days": () => listRuns(actor, { ...runs, from: daysAgo(40), to: daysAgo(30) }),
    "runs of a historic export": () => listRuns(actor, { ...runs, historicExportId: historicId }),
    "runs with big receipts": () => listRuns(actor, { ...runs, exportId: big }),
    "one run": () => getRun(actor, { id: hourlyRun }),
    "one run with a big receipt": () => getRun(actor, { id: bigRun }),
    ...paged("a run's files", (at) => listRunFiles(actor, { id: bigRun, limit: 200, ...at })),
    ...paged("a run's log", (at) => listRunLogs(actor, { id: hourlyRun, limit: 200, ...at })),
    "a run's log by level and text": () =>
      listRunLogs(actor, { id: hourlyRun, limit: 200, level: "warn", text: "nowhere" }),
    "a run's log as a file": () => downloadRunLogs(actor, { id: hourlyRun }),
    "the log of a run with a big receipt": () => listRunLogs(actor, { id: bigRun, limit: 200 }),
  };
}
