import { type Client, isGrpcServiceError } from "@temporalio/client";
import { AppError, unavailable } from "@/lib/errors";
import { brokenBy } from "@/lib/net/broken";
import { getLogger, loggable } from "./logger";

/** Time limit for Temporal to respond, in ms: users should not wait longer after a click. */
const DEADLINE = 10_000;

/** Names of gRPC status codes, by number. Source: the status code list in gRPC's documentation. */
const STATUS = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;

type Status = (typeof STATUS)[number];

/** gRPC statuses that mean that no response came. */
const AWAY: readonly Status[] = ["CANCELLED", "DEADLINE_EXCEEDED", "UNAVAILABLE"];

/** What to do about a refusal, if anything. */
const FIX: Partial<Record<Status, string>> = {
  RESOURCE_EXHAUSTED: "It is limiting requests. Try again in a moment.",
  PERMISSION_DENIED: "Check TEMPORAL_NAMESPACE and the permissions of TEMPORAL_API_KEY.",
  UNAUTHENTICATED: "Check TEMPORAL_API_KEY and TEMPORAL_TLS.",
  NOT_FOUND: "Check that the namespace in TEMPORAL_NAMESPACE exists.",
};

/** Temporal responded with a refusal. */
export class TemporalRefusal extends AppError {
  constructor(
    readonly why: string,
    readonly fix: string,
  ) {
    super("temporal_refused", `${why}, so nothing was changed. ${fix}`, 503);
  }
}

/**
 * Calls Temporal for at most `patience` ms. Throws a 503 `temporal_unavailable` if Temporal did not respond, a 503
 * `temporal_refused` with the status if it refused, and any other error unchanged.
 */
export async function withTemporal<T>(
  temporal: Client,
  call: (temporal: Client) => Promise<T>,
  patience = DEADLINE,
): Promise<T> {
  try {
    return await temporal.withDeadline(Date.now() + patience, () => call(temporal));
  } catch (error) {
    if (error instanceof AppError) throw error;
    getLogger().warn({ error: loggable(error) }, "A call to Temporal failed.");
    throw temporalError(error);
  }
}

/** Whether an error means that Temporal or another service did not respond. */
export function isAway(error: unknown): boolean {
  const status = statusOf(error);
  return status === null ? brokenBy(error) !== null : AWAY.includes(status);
}

/** Converts an error of Temporal's client to an API error. */
export function temporalError(error: unknown): unknown {
  const status = statusOf(error);
  if (isAway(error))
    return unavailable("temporal", "Temporal can't be reached, so nothing was changed. Try again in a moment.");
  if (status === null) return error;
  return new TemporalRefusal(`Temporal refused with ${status}`, FIX[status] ?? "The server's log has its message.");
}

function statusOf(error: unknown): Status | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if (isGrpcServiceError(at)) return STATUS[at.code] ?? "UNKNOWN";
  return null;
}
