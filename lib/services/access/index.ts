// Callers, and the organization and projects they may see.
export { loadProject, requirePermission, requireProject } from "./access";
export type { Actor, Origin } from "./actor";
export { originOf } from "./origin";
export { requirePerson } from "./person";
