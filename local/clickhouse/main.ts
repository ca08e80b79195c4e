import { parseArgs } from "node:util";
import { Front } from "./front";

/**
 * Serves the ClickHouse engine over HTTP on the loopback interface, until SIGTERM or SIGINT (or, with --attached, until
 * standard input closes, so that it never outlives the process that started it). Prints `ready {"port": …}`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8123" },
      data: { type: "string" },
      user: { type: "string", default: process.env.CLICKHOUSE_USERNAME ?? "default" },
      password: { type: "string", default: process.env.CLICKHOUSE_PASSWORD ?? "" },
      database: { type: "string", default: process.env.CLICKHOUSE_DATABASE ?? "default" },
      attached: { type: "boolean", default: false },
    },
  });
  if (!values.data) throw new Error("--data <directory> is missing: the directory the engine keeps its data in");
  const front = await Front.open({
    dataDir: values.data,
    credentials: { user: values.user, password: values.password },
    database: values.database,
    concurrency: concurrency(),
  });
  await new Promise<void>((resolve, reject) => {
    front.server.once("error", reject).listen(Number(values.port), "127.0.0.1", resolve);
  });
  const address = front.server.address();
  console.log(`ready ${JSON.stringify({ port: typeof address === "object" ? address?.port : undefined })}`);

  const stop = () => void front.close().finally(() => process.exit(0));
  process.once("SIGTERM", stop).once("SIGINT", stop);
  if (values.attached) process.stdin.once("end", stop).once("error", stop).resume();
}

/** Each running query holds a thread of libuv's pool; some are kept for killing queries and for Node itself. */
function concurrency(): number {
  const threads = Number(process.env.UV_THREADPOOL_SIZE ?? 4);
  return Math.max(1, threads - 3);
}

main().catch((error: unknown) => {
  console.error(`ClickHouse front: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
