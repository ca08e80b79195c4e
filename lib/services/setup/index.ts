// The first user, organization, and project of a new installation.
export { initialize, type Setup } from "./initialize";
