import { join } from "node:path";
import { startClickHouseFront } from "../clickhouse/spawn";
import { holdOnLeash, letGo } from "./leash";
import type { Part, PartOptions } from "./part";
import { isAlive } from "./processes";
import { tail } from "./tail";

export interface ClickHouseAddress {
  url: string;
  database: string;
  username: string;
  password: string;
}

const CHECK_MS = 1000;

/** Starts the ClickHouse engine behind its HTTP front on the loopback. */
export async function startClickHouse(options: PartOptions): Promise<Part<ClickHouseAddress>> {
  const { port, keys } = options;
  const front = await startClickHouseFront({
    dataDir: join(options.dataDir, "clickhouse"),
    port,
    user: "penstock",
    password: keys.clickhousePassword,
  });
  const { pid, url, database, username, password } = front;
  holdOnLeash(pid);
  return {
    address: { url, database, username, password },
    pid,
    ended: ended(pid, join(options.logDir, "clickhouse.log")),
    stop: () => front.stop(),
  };
}

function ended(pid: number, log: string): Promise<string> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(timer);
      letGo(pid);
      resolve(`ClickHouse ended. The end of ${log}:\n${tail(log, 12)}`);
    }, CHECK_MS);
    timer.unref();
  });
}
