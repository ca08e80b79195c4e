import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { LogFields } from "@/lib/services/log-fields";

export const REQUEST_ID_HEADER = "x-request-id";

/**
 * The fields on each line that a request logs: its id, from a proxy that gave it one or new, and the trace that it
 * belongs to. Ignores what is not plain: a client may have written it.
 */
export function requestFields(headers: IncomingHttpHeaders): LogFields & { requestId: string } {
  const given = headers[REQUEST_ID_HEADER];
  const requestId = typeof given === "string" && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
  const traceId = traceOf(headers.traceparent);
  return { requestId, ...(traceId && { traceId }) };
}

/** The trace id of a W3C `traceparent`. */
function traceOf(traceparent: string | string[] | undefined): string | undefined {
  const [, version, id] = /^([0-9a-f]{2})-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(String(traceparent)) ?? [];
  return version === "ff" || !id || /^0+$/.test(id) ? undefined : id;
}
