// Later looks at committed windows: requested, listed, recorded.
export { alertLater } from "./alert-later";
export type { Finding } from "./finding";
export { getChecks } from "./get";
export { listChecks } from "./list";
export { recordChecks } from "./record";
export { endRequest } from "./requests";
export { startChecks } from "./start";
