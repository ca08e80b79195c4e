// Organizations: created, renamed, switched to.
export { createOrganization } from "./create";
export { getOrganization } from "./get";
export { insertOrganization } from "./insert";
export { patchOrganization } from "./patch";
