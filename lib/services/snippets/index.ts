// How tools read what exports wrote.
export { getExportSnippets } from "./get-export-snippets";
export { getRunSnippets } from "./get-run-snippets";
