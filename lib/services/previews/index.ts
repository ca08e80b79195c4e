// Previews: what an export, saved or not, would write, and what that costs.
export { previewExport } from "./preview";
