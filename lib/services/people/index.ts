// People as other services name them.
export { lockPeople } from "./lock";
export { namesOf } from "./names";
export { requireAnotherOwner, requireOwnerFor } from "./owners";
