import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { freePorts } from "@/local/parts/ports";
import { postgresUser } from "@/local/parts/postgres-user";
import { untilReady } from "@/local/parts/until";
import { startChild } from "@/server/process/child";
import type { PgbouncerProgram } from "./pgbouncer-program";

export interface Pgbouncer {
  port: number;
  stop(): Promise<void>;
}

/**
 * Starts PgBouncer in front of a server. Transactions of one client take turns with several connections to the server:
 * whatever a session leaves behind is on another one. `settings` are lines of pgbouncer.ini.
 */
export async function startPgbouncer(
  { program, libraries }: Exclude<PgbouncerProgram, { reason: string }>,
  server: URL,
  settings: Record<string, string | number> = {},
): Promise<Pgbouncer> {
  const folder = mkdtempSync(join(tmpdir(), "penstock-pgbouncer-"));
  const { postgres: port } = await freePorts();
  const [file, users] = [join(folder, "pgbouncer.ini"), join(folder, "users.txt")];
  const lines = {
    listen_addr: "127.0.0.1",
    listen_port: port,
    unix_socket_dir: "",
    auth_type: "scram-sha-256",
    auth_file: users,
    pool_mode: "transaction",
    min_pool_size: 3,
    server_round_robin: 1,
    ...settings,
  };
  const own = Object.entries(lines).map(([name, value]) => `${name} = ${value}`);
  const database = `* = host=${server.hostname} port=${server.port} auth_user=${server.username}`;
  writeFileSync(file, ["[databases]", database, "[pgbouncer]", ...own, ""].join("\n"));
  writeFileSync(users, `"${server.username}" "${server.password}"\n`);
  // Like PostgreSQL, it refuses to run as root.
  const as = await postgresUser([program, file]);
  const child = await startChild({
    name: "PgBouncer",
    ...as.wrap(program, [file]),
    env: { PATH: process.env.PATH, ...(libraries && { LD_LIBRARY_PATH: libraries }) },
    log: join(process.env.PENSTOCK_LOG_DIR ?? folder, `pgbouncer-${port}.log`),
    cwd: "/",
  });
  await untilReady(child, 30, async () => {
    const client = new Client({ connectionString: Object.assign(new URL(server), { port: String(port) }).href });
    await client.connect().finally(() => client.end());
  });
  const stop = async () => {
    await child.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { port, stop };
}
