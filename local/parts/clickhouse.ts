import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startChild } from "./child";
import type { Part, PartOptions } from "./part";
import { untilReady } from "./until";

export interface ClickHouseAddress {
  url: string;
  database: string;
  username: string;
  password: string;
}

/** Each running query holds a thread of libuv's pool. */
const THREADS = "19";

/** Starts the ClickHouse engine behind its HTTP front on the loopback. */
export async function startClickHouse(options: PartOptions): Promise<Part<ClickHouseAddress>> {
  const { port, dataDir, keys } = options;
  const url = `http://127.0.0.1:${port}`;
  const address: ClickHouseAddress = {
    url,
    database: "default",
    username: "penstock",
    password: keys.clickhousePassword,
  };
  const main = fileURLToPath(new URL("../clickhouse/main.ts", import.meta.url));
  const child = await startChild({
    name: "ClickHouse",
    command: process.execPath,
    args: ["--import", "tsx", main, "--port", String(port), "--data", join(dataDir, "clickhouse")],
    // The password goes by the environment: a command line is readable by every user of the machine.
    env: {
      ...process.env,
      CLICKHOUSE_USERNAME: address.username,
      CLICKHOUSE_PASSWORD: address.password,
      CLICKHOUSE_DATABASE: address.database,
      UV_THREADPOOL_SIZE: THREADS,
      TZ: "UTC",
    },
    log: join(options.logDir, "clickhouse.log"),
  });
  await untilReady(child, 60, async () => {
    const answer = await fetch(`${url}/ping`);
    if (!answer.ok) throw new Error(`it answers ${answer.status}`);
  });
  return {
    address,
    pid: child.pid,
    ended: child.exited.then(child.describe),
    stop: () => child.stop("SIGTERM"),
  };
}
