import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { appPathOf, ROOT_PAGES } from "./paths";

/** The folders whose Markdown files are pages. */
const FOLDERS = ["docs", "docs/operations", "docs/decisions"];

export interface DocPage {
  /** Path of the app without the base path: `/docs/install`. */
  path: string;
  /** File below the folder of the program: `docs/install.md`. */
  file: string;
  /** The document's first heading. */
  title: string;
}

let known: Map<string, DocPage> | undefined;

/** Every page by its path. Read once, because the files belong to the build. */
export function docPages(): ReadonlyMap<string, DocPage> {
  known ??= new Map(files().map((file) => [appPathOf(file), { path: appPathOf(file), file, title: titleOf(file) }]));
  return known;
}

/** The page of a path below `/docs`; undefined if there is none. Only listed files are ever read. */
export const findPage = (parts: readonly string[]): DocPage | undefined =>
  docPages().get(["/docs", ...parts].join("/"));

function files(): string[] {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .sort()
      .map((name) => join(folder, name)),
  );
  return [...inFolders, ...ROOT_PAGES];
}

const titleOf = (file: string) => /^# (.+)$/m.exec(readFileSync(file, "utf8"))?.[1] ?? file;
