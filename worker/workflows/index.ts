// Workflow types as Temporal knows them: one for each destination (see WORKFLOW_TYPES), the historic export, the sweep.
export {
  exportRun as "s3-export",
  exportRun as "snowflake-export",
  exportRun as "bigquery-export",
  exportRun as "postgres-export",
} from "./export-run";
export { historicExport as "historic-export" } from "./historic-export";
export { reconcile } from "./reconcile";
