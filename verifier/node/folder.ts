import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Listed, Place } from "../core/tools";
import { readFileChunks } from "./read-file";

/** A folder of a file system. Names have slashes everywhere, as keys do. */
export const folder = (path: string): Place => ({
  label: path,
  list: () => walk(path, ""),
  read: (name) => readFileChunks(join(path, name)),
});

/** A link that leads nowhere is there, but has nothing. */
const sizeOf = (path: string) =>
  stat(path).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ELOOP") return 0;
      throw error;
    },
  );

async function* walk(root: string, below: string): AsyncGenerator<Listed> {
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const name = `${below}${entry.name}`;
    if (entry.isDirectory()) yield* walk(root, `${name}/`);
    // Follows links to files. One to a folder is listed as itself, because it may lead back.
    else yield { name, size: await sizeOf(join(root, name)) };
  }
}
