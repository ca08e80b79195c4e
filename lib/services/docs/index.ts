// The documentation as pages of the app.
export { findFile } from "./files";
export { appHref } from "./links";
export { docNavigation } from "./navigation";
export { findPage } from "./pages";
export { readPage } from "./read";
