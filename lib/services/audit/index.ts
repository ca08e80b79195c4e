// The audit log: every change and who made it.
export { askerOf } from "./asker-of";
export { changesBetween, Secret } from "./changes";
export { listAudit } from "./list";
export { recordAudit, system } from "./record";
