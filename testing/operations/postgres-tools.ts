import { spawnSync } from "node:child_process";
import { Client } from "pg";

/** Why this machine can't dump the server at DATABASE_URL; null if it can. */
export async function dumpProblem(): Promise<string | null> {
  const { status, stdout } = spawnSync("pg_dump", ["--version"], { encoding: "utf8" });
  if (status !== 0) return "there is no pg_dump on PATH";
  const tool = Number(/(\d+)/.exec(stdout)?.[1]);
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
    const server = Number.parseInt(rows[0]?.version ?? "0", 10);
    return tool >= server ? null : `pg_dump ${tool} can't dump PostgreSQL ${server}`;
  } finally {
    await client.end();
  }
}
