// Workspaces: an organization with one of its projects, as pages are addressed.
export { findHome } from "./find-home";
export { lastProjectOf } from "./last-project";
