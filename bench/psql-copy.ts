import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { getEnv } from "@/lib/env";
import { clickhouseTime, micros } from "@/lib/source/time";
import { DATABASE, PLAIN, SELECT } from "./plain-copy";
import { day } from "./rows";

/** Whether this machine has psql and curl. */
export const hasPsql: boolean = ["psql", "curl"].every((name) => spawnSync(name, ["--version"]).status === 0);

const PIPE =
  'curl -sSf -u "$CH_USER:$CH_PASSWORD" "$CH_ADDRESS" --data-binary "$CH_QUERY" | ' +
  `psql -q -v ON_ERROR_STOP=1 -c "\\copy ${PLAIN} FROM STDIN WITH (FORMAT csv, NULL '\\N')"`;

/** Copies the day's rows from ClickHouse into an empty table with `curl … | psql`. Returns the seconds it took. */
export async function psqlCopy(url: string, sourceProjectId: number): Promise<number> {
  const { CLICKHOUSE_URL, CLICKHOUSE_USERNAME, CLICKHOUSE_PASSWORD, CLICKHOUSE_DATABASE } = getEnv();
  const address = new URL(CLICKHOUSE_URL);
  const time = (date: Date) => clickhouseTime(micros(date));
  const params = { project: String(sourceProjectId), start: time(day.start), end: time(day.end) };
  for (const [name, value] of Object.entries(params)) address.searchParams.set(`param_${name}`, value);
  address.searchParams.set("database", CLICKHOUSE_DATABASE);
  const { hostname, port, username, password } = new URL(url);
  const env = {
    ...process.env,
    CH_ADDRESS: address.href,
    CH_QUERY: SELECT,
    CH_USER: CLICKHOUSE_USERNAME,
    CH_PASSWORD: CLICKHOUSE_PASSWORD,
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: username,
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: DATABASE,
  };
  const started = performance.now();
  const child = spawn("bash", ["-o", "pipefail", "-c", PIPE], { env, stdio: ["ignore", "inherit", "inherit"] });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`curl … | psql ended with code ${code}.`);
  return (performance.now() - started) / 1000;
}
