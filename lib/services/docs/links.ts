import { posix } from "node:path";
import { docFiles } from "./files";
import { docPages } from "./pages";
import { appPathOf } from "./paths";

/**
 * Where a link of a documentation file leads in the app: a path without the base path, with the anchor if there is one.
 * Links to other sites and within the page stay as they are. Null if the app doesn't have the file.
 */
export function appHref(file: string, href: string): string | null {
  if (/^(https?:|mailto:|#)/.test(href)) return href;
  const [target = "", anchor] = href.split("#", 2);
  const path = appPathOf(posix.join(posix.dirname(file), target));
  if (!docPages().has(path) && !docFiles().has(path)) return null;
  return anchor === undefined ? path : `${path}#${anchor}`;
}
