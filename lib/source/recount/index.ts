// Counts what the source has now of windows that were exported before.
export { compareCounts, type Expected } from "./compare";
export { newerVersions } from "./newer-versions";
export { recount, type WindowCount } from "./recount";
