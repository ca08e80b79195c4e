// The activity log: runs of every export of a project.
export { listActivity } from "./list";
