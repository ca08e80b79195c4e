// Runs: listed, started now, retried, canceled, with their files, logs, and receipts.
export { cancelRun } from "./cancel";
export { runColumns } from "./columns";
export { downloadRunLogs } from "./download-logs";
export { getRun } from "./get";
export { getReceipt } from "./get-receipt";
export { getTimeline } from "./get-timeline";
export { listRuns } from "./list";
export { listRunFiles } from "./list-files";
export { listRunLogs } from "./list-logs";
export { retryRun } from "./retry";
export { runNow } from "./run-now";
export type { ListedRun } from "./to-run";
