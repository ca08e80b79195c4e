// People: locks, names, and owner rules.
export { lockPeople } from "./lock";
export { namesOf } from "./names";
export { requireAnotherOwner, requireOwnerFor } from "./owners";
