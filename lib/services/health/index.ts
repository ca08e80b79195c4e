// What the health endpoint reports of PostgreSQL, ClickHouse, Temporal, and workers.
export { checkHealth } from "./check";
