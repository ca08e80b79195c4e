export { boundaryAfter, boundaryAtOrBefore } from "./boundaries";
export { boundsOf } from "./bounds";
export { changeSchedule, isSameSchedule } from "./change";
export { type DueWindow, dueWindows, type Rest } from "./due";
export type { Bounds, Timeline, Window } from "./types";
export {
  alignRange,
  clip,
  countWindows,
  currentWindow,
  newestWindow,
  nextRunAt,
  windowEndingAt,
  windowsIn,
} from "./windows";
