// How far each process's clock differs from PostgreSQL's.
export { clockDifferences, getClock } from "./get";
export { watchClock } from "./report";
