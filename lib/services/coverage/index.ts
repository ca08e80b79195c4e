// Which windows of an export are committed, running, failed, or missing.
export { coverageOf, getCoverage } from "./get";
export { listWindows } from "./list-windows";
export { loadCoverage } from "./load";
