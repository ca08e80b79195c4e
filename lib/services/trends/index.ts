// What an export's windows measured, over time.
export { getTrends } from "./get";
