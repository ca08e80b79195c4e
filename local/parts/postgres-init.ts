import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PostgresUser } from "./postgres-user";

interface InitOptions {
  folder: string;
  initdb: string;
  as: PostgresUser;
  user: string;
  password: string;
}

/** Creates PostgreSQL's data folder if it is missing. An interrupted attempt leaves nothing in its place. */
export async function initPostgres({ folder, initdb, as, user, password }: InitOptions): Promise<void> {
  if (existsSync(join(folder, "PG_VERSION"))) return;
  const unfinished = `${folder}.new`;
  const passwordFile = join(tmpdir(), `penstock-${randomUUID()}`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (as.uid !== undefined && as.gid !== undefined) {
    await chown(unfinished, as.uid, as.gid);
    await chown(passwordFile, as.uid, as.gid);
  }
  const flags = ["--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", `--username=${user}`];
  const run = as.wrap(initdb, [...flags, `--pgdata=${unfinished}`, `--pwfile=${passwordFile}`]);
  try {
    const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
    await promisify(execFile)(run.command, run.args, { uid: run.uid, gid: run.gid, env, cwd: "/" });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, folder);
}
