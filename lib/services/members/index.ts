// Members of an organization and their roles.
export { listMembers } from "./list";
export { patchMember } from "./patch";
export { removeMember } from "./remove";
