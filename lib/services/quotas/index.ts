// What an organization may use, and how much it does.
export { getQuotas, requireRoom } from "./quotas";
