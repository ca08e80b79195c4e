// Projects: each reads one project of the source.
export { createProject } from "./create";
export { listEventNames } from "./event-names";
export { listProjects } from "./list";
export { patchProject } from "./patch";
export { replaceSalt } from "./replace-salt";
export { saltAad, saltOf } from "./salt";
export { toProject } from "./to-project";
