export { boundaryAfter, boundaryAtOrBefore } from "./boundaries";
export { boundariesInGaps } from "./gaps";
export type { Bounds, Window } from "./types";
export { alignRange, clip, countWindows, currentWindow, nextRunAt, windowEndingAt, windowsIn } from "./windows";
