// How far active runs and historic exports are, and how fast: asked once, or streamed.
export { getProgress } from "./get";
export { streamProgress } from "./stream";
