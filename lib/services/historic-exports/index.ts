// Historic exports of a past range, and catching up on missed windows.
export { cancelHistoricExport } from "./cancel";
export { catchUp } from "./catch-up";
export { createHistoricExport } from "./create";
export { estimateHistoricExport } from "./estimate";
export { getHistoricExport } from "./get";
export { getCatchUp } from "./get-catch-up";
export { listHistoricExports } from "./list";
