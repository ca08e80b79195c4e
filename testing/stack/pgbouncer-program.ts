import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheRoot } from "@/local/parts/cached-build";
import { withLock } from "@/server/process/lock";
import { runCommand } from "./run-command";

/** PgBouncer's program, or why there is none here. */
export type PgbouncerProgram = { program: string; libraries: string | null } | { reason: string };

/** Libraries of PgBouncer that few machines have; their names change between releases of Debian. */
const LIBRARIES = /^\s*Depends: (libevent-\S+|libc-ares\S+)$/gm;

/**
 * An installed PgBouncer, or Debian's package, unpacked once into the user's cache. This needs no root and starts no
 * service, unlike an installation.
 */
export async function findPgbouncer(): Promise<PgbouncerProgram> {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  const installed = folders.map((folder) => join(folder, "pgbouncer")).find(existsSync);
  if (installed) return { program: installed, libraries: null };
  if (["apt-get", "apt-cache", "dpkg"].some((name) => spawnSync(name, ["--version"]).status !== 0))
    return { reason: "there is no pgbouncer on PATH" };
  const folder = join(cacheRoot(), "pgbouncer");
  mkdirSync(folder, { recursive: true });
  return withLock(
    join(folder, "lock"),
    () => {},
    async () => works(folder) ?? (await unpack(folder)),
  );
}

/** What was unpacked earlier; null if it doesn't run, as after an upgrade of the system. */
function works(folder: string): PgbouncerProgram | null {
  const program = join(folder, "usr", "sbin", "pgbouncer");
  if (!existsSync(program)) return null;
  const lib = join(folder, "usr", "lib");
  const libraries = existsSync(lib) ? readdirSync(lib).map((name) => join(lib, name)) : [];
  const found = { program, libraries: libraries.join(delimiter) };
  const { status } = spawnSync(program, ["--version"], { env: { ...process.env, LD_LIBRARY_PATH: found.libraries } });
  return status === 0 ? found : null;
}

async function unpack(folder: string): Promise<PgbouncerProgram> {
  const download = async () => {
    const { output } = await runCommand("apt-cache", ["depends", "pgbouncer"]);
    const packages = ["pgbouncer", ...[...output.matchAll(LIBRARIES)].flatMap(([, name]) => name ?? [])];
    return runCommand("apt-get", ["download", "-q", ...packages], { cwd: folder });
  };
  for (const name of readdirSync(folder)) if (name !== "lock") rmSync(join(folder, name), { recursive: true });
  let { code } = await download();
  if (code !== 0 && process.getuid?.() === 0) {
    await runCommand("apt-get", ["update", "-q"]);
    ({ code } = await download());
  }
  if (code !== 0) return { reason: "there is no pgbouncer on PATH, and Debian's package can't be downloaded" };
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".deb")))
    await runCommand("dpkg", ["-x", name, "."], { cwd: folder });
  return works(folder) ?? { reason: "there is no pgbouncer on PATH, and Debian's package doesn't run" };
}
