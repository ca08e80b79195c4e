// The ledger: states of windows and runs, their documents and receipts, historic state, the export lock.
export { pauseItself } from "./after-failure";
export { auditShrink } from "./audit-shrink";
export { appendAtOnce, type Statement } from "./chain/append";
export { delayLinks, noteStored, runsWithUnstoredLinks, stands, storedWith, unstoredLinks } from "./chain/keep-links";
export { lockChain } from "./chain/lock-chain";
export { sealIn, standingLink, voidAbandoned, voidReceipt } from "./chain/standing";
export { completeHistoric } from "./complete-historic";
export {
  type Documents,
  documentsWith,
  insertDocuments,
  type PlannedRow,
  saveDocuments,
} from "./documents";
export { endRun, endUnstarted } from "./end-run";
export { endedRunsOf } from "./ended-runs";
export { endHistoric, type HistoricWindows, nextHistoricWindows } from "./historic";
export {
  currentOf,
  type EarlierRun,
  earlierOf,
  earlierRuns,
  isFirstWithin,
  ownerOf,
  replacedBy,
  sameWindow,
} from "./history";
export { lockExport } from "./lock-export";
export { type FileLine, insertFileLines, insertLines, type LogLine, linesWith, logRun, logRunLines } from "./log";
export { newRun } from "./new-run";
export { namesOneOf, pastFiles } from "./past-files";
export { measuredRun } from "./receipt";
export { receiptHash } from "./receipt-hash";
export { type Replaces, rowsOfOthers } from "./rows-of-others";
export { runOfWorkflow } from "./run-of-workflow";
export { startWorkflows } from "./start-workflows";
export { statesBefore } from "./state";
export { withReplacements } from "./sum-replaced";
export { unstarted } from "./unstarted";
