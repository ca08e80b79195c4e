import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { appPathOf, ROOT_FILES } from "./paths";

/** The folders with files that pages show or link to. */
const FOLDERS = ["docs/images", "docs/operations"];

const TYPES: Record<string, string> = {
  ".jpg": "image/jpeg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".yaml": "text/plain; charset=utf-8",
};

export interface DocFile {
  /** Path of the app without the base path: `/docs/files/images/soak.svg`. */
  path: string;
  file: string;
  type: string;
}

let known: Map<string, DocFile> | undefined;

/** Every file by its path. */
export function docFiles(): ReadonlyMap<string, DocFile> {
  const inFolders = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  known ??= new Map(
    [...inFolders.filter((file) => extname(file) in TYPES), ...ROOT_FILES].map((file) => {
      const type = TYPES[extname(file)] ?? "text/plain; charset=utf-8";
      return [appPathOf(file), { path: appPathOf(file), file, type }];
    }),
  );
  return known;
}

/** The file of a path below `/docs/files`; undefined if there is none. Only listed files are ever read. */
export const findFile = (parts: readonly string[]): DocFile | undefined =>
  docFiles().get(["/docs/files", ...parts].join("/"));
