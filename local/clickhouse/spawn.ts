import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export type ClickHouseFront = {
  url: string;
  username: string;
  password: string;
  database: string;
  pid: number;
  /** Ends the process and waits until it is gone. */
  stop: () => Promise<void>;
};

export type FrontSpawnOptions = {
  /** Directory the engine keeps its data in; one process at a time may use it. */
  dataDir: string;
  /** 0, the default, takes a free port. */
  port?: number;
  user?: string;
  password?: string;
  database?: string;
};

/** Queries that run at once; see main.ts for what else needs a thread. */
const THREADS = "19";

/** Starts the ClickHouse front as a child process. Throws, with what the process said, when it does not come up. */
export async function startClickHouseFront(options: FrontSpawnOptions): Promise<ClickHouseFront> {
  const { dataDir, port = 0, user = "default", password = "", database = "default" } = options;
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  const args = ["--import", "tsx", main, "--attached", "--port", String(port), "--data", dataDir];
  const child = spawn(process.execPath, args, {
    // The password travels by environment: arguments are visible to every user of the machine.
    env: {
      ...process.env,
      CLICKHOUSE_USERNAME: user,
      CLICKHOUSE_PASSWORD: password,
      CLICKHOUSE_DATABASE: database,
      UV_THREADPOOL_SIZE: THREADS,
      TZ: "UTC",
    },
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ready = await whenReady(child);
  return {
    url: `http://127.0.0.1:${ready.port}`,
    username: user,
    password,
    database,
    pid: child.pid!,
    stop: () => stop(child),
  };
}

function whenReady(child: ChildProcess): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      const line = /^ready (\{.*\})$/m.exec(said)?.[1];
      if (line) resolve(JSON.parse(line));
    };
    child.stdout!.on("data", listen);
    child.stderr!.on("data", listen);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The ClickHouse front ended (${code}) before it served: ${said}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const hard = setTimeout(() => child.kill("SIGKILL"), 8000);
  await gone;
  clearTimeout(hard);
}
