import type { Payload } from "@temporalio/common";
import proto from "@temporalio/proto";
import { getEnv } from "@/lib/env";
import { getTemporal } from "@/lib/temporal/client";

export type History = proto.temporal.api.history.v1.IHistory;

/** Every event of a workflow as Temporal stores it, not decoded. */
export async function rawHistory(workflowId: string, runId: string): Promise<History> {
  const { workflowService } = getTemporal();
  const events: proto.temporal.api.history.v1.IHistoryEvent[] = [];
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const page = await workflowService.getWorkflowExecutionHistory({
      namespace: getEnv().TEMPORAL_NAMESPACE,
      execution: { workflowId, runId },
      nextPageToken,
    });
    events.push(...(page.history?.events ?? []));
    nextPageToken = page.nextPageToken ?? new Uint8Array();
  } while (nextPageToken.length > 0);
  return proto.temporal.api.history.v1.History.create({ events });
}

const isPayload = (value: object): value is Payload =>
  "metadata" in value && "data" in value && value.data instanceof Uint8Array;

/**
 * What Temporal itself must read: times and names to search by, and patch ids in workflow code, which its SDK writes
 * without any codec. None of it is our data.
 */
const OPEN = new Set(["searchAttributes", "patch-data"]);

/** Visits every payload of a message, at any depth, and replaces it with what `visit` returns. */
export async function eachPayload(message: unknown, visit: (payload: Payload) => Payload | Promise<Payload>) {
  if (typeof message !== "object" || message === null || message instanceof Uint8Array) return;
  for (const [key, value] of Object.entries(message)) {
    if (OPEN.has(key) || typeof value !== "object" || value === null) continue;
    if (isPayload(value)) (message as Record<string, unknown>)[key] = await visit(value);
    else await eachPayload(value, visit);
  }
}
