// Rate limits of users, keys, and addresses.
export { LIMITED_OPERATIONS } from "./limits";
export { countRequest, nameOf } from "./requests";
export { forget, giveBack, spend } from "./spend";
