// The audit log: every change and who made it.
export { changesBetween, Secret } from "./changes";
export { listAudit } from "./list";
export { recordAudit, system } from "./record";
