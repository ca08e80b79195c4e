// The health of PostgreSQL, ClickHouse, Temporal, workers, and clocks.
export { checkHealth } from "./check";
export { checkReady } from "./ready";
