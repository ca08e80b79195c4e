// An organization's quotas and their usage.
export { getQuotas, requireRoom } from "./quotas";
