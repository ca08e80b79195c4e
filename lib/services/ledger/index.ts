// The ledger: states of windows and runs, their documents and receipts, historic state, the export lock.
export { pauseItself } from "./after-failure";
export { completeHistoric } from "./complete-historic";
export {
  type Documents,
  documentsOfRun,
  documentsWith,
  insertDocuments,
  type PlannedRow,
  saveDocuments,
} from "./documents";
export { endRun, endUnstarted } from "./end-run";
export { endedRunsOf } from "./ended-runs";
export { endHistoric, type HistoricWindows, nextHistoricWindows } from "./historic";
export { currentOf, type EarlierRun, earlierOf, earlierRuns, ownerOf, sameWindow } from "./history";
export { lockExport } from "./lock-export";
export { insertLines, type LogLine, linesWith, logRun, logRunLines } from "./log";
export { newRun } from "./new-run";
export { namesOneOf, pastFiles } from "./past-files";
export { makeReceipt, receiptText } from "./receipt";
export { runOfWorkflow } from "./run-of-workflow";
export { startWorkflows } from "./start-workflows";
export { statesBefore } from "./state";
export { unstarted } from "./unstarted";
