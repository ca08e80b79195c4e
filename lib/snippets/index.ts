// Snippets that read what exports wrote, and check it. Pure: values in, texts out.
export { checkSnippets } from "./check";
export { filesReading } from "./files-reading";
export { offersOf, type ToolOffer } from "./offers";
export { LANGUAGES } from "./types";
export { warehouseSnippets } from "./warehouse";
