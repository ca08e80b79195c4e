import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sourceFiles } from "./files";
import { type Text, textsOf } from "./texts";

export interface FileTexts {
  file: string;
  texts: Text[];
}

/** The visible texts of the whole product, by file. */
export const allTexts = (root: string): FileTexts[] =>
  sourceFiles(root)
    .map((file) => ({ file, texts: textsOf(file, readFileSync(join(root, file), "utf8")) }))
    .filter(({ texts }) => texts.length > 0);

/** The list as it is read: each text once, where it first occurs. */
export function readableList(files: readonly FileTexts[]): string {
  const seen = new Set<string>();
  const isNew = ({ text }: Text) => !seen.has(text) && Boolean(seen.add(text));
  const groups = files.map(({ file, texts }) => ({ file, texts: texts.filter(isNew) }));
  return groups
    .filter(({ texts }) => texts.length > 0)
    .map(({ file, texts }) =>
      [file, ...texts.map(({ line, text }) => `${String(line).padStart(5)}  ${text}`)].join("\n"),
    )
    .join("\n\n");
}
