import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FileTexts } from "./list";

/** Documents for users that the app shows below `/docs`. Decisions are for developers. */
const PAGES = "docs/{*,operations/*}.md";

/** The documentation's lines by file, without code. */
export const docTexts = (root: string): FileTexts[] =>
  globSync(PAGES, { cwd: root })
    .sort()
    .map((file) => ({ file, texts: linesOf(readFileSync(join(root, file), "utf8")) }));

function linesOf(text: string) {
  let isCode = false;
  return text.split("\n").flatMap((line, index) => {
    const isFence = /^\s*```/.test(line);
    if (isFence) isCode = !isCode;
    return isFence || isCode ? [] : [{ line: index + 1, text: line.replaceAll(/`[^`]*`/g, "{code}") }];
  });
}
