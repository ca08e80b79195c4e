import { Client, Connection } from "@temporalio/client";
import proto from "@temporalio/proto";
import { getEnv } from "../env";
import { dataConverter, temporalAddress } from "./connection";

const holder = globalThis as typeof globalThis & { penstockTemporal?: Client | undefined };

/** The longest pause between attempts to reach Temporal again, in ms. By default, it grows to two minutes. */
const SOON_BACK = { "grpc.max_reconnect_backoff_ms": 5_000 };

/** Temporal's client. Connects on first use and reconnects by itself. */
export function getTemporal(): Client {
  if (!holder.penstockTemporal) {
    const env = getEnv();
    holder.penstockTemporal = new Client({
      connection: Connection.lazy({ ...temporalAddress(env), connectTimeout: 5_000, channelArgs: SOON_BACK }),
      namespace: env.TEMPORAL_NAMESPACE,
      dataConverter: dataConverter(env),
    });
  }
  return holder.penstockTemporal;
}

/** Closes the connection at the end of the process. */
export async function closeTemporal(): Promise<void> {
  const client = holder.penstockTemporal;
  holder.penstockTemporal = undefined;
  await client?.connection.close();
}

/** A worker that hasn't polled for this long, in ms, counts as gone. */
const POLL_FRESH = 75_000;

/** Checks that Temporal responds and counts the workers waiting for work. Throws after 5 s without a response. */
export async function pingTemporal(): Promise<{ workers: number }> {
  const { TEMPORAL_NAMESPACE, TEMPORAL_TASK_QUEUE } = getEnv();
  const client = getTemporal();
  const { pollers } = await client.connection.withDeadline(Date.now() + 5_000, () =>
    client.workflowService.describeTaskQueue({
      namespace: TEMPORAL_NAMESPACE,
      taskQueue: { name: TEMPORAL_TASK_QUEUE },
      taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    }),
  );
  const fresh = Date.now() - POLL_FRESH;
  const alive = pollers?.filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > fresh) ?? [];
  return { workers: new Set(alive.map(({ identity }) => identity)).size };
}
