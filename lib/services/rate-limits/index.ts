// How often a person, key, or address may ask.
export { LIMITED_OPERATIONS } from "./limits";
export { countRequest, nameOf } from "./requests";
export { forget, giveBack, spend } from "./spend";
