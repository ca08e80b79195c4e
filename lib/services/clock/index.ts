// How far each process's clock differs from PostgreSQL's.
export { getClock } from "./get";
export { watchClock } from "./report";
