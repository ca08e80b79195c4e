import { isGrpcServiceError } from "@temporalio/client";
import { AppError, unavailable } from "@/lib/errors";
import { brokenBy } from "@/lib/net/broken";
import { getTemporal } from "@/lib/temporal/client";
import { getLogger, loggable } from "./logger";

/** How long Temporal may take to answer, in ms: a person who waits at a button should not wait longer. */
const DEADLINE = 10_000;

/** The names of gRPC's status codes, by their number. Source: the list of status codes in gRPC's documentation. */
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

/** What gRPC says where no answer came: in time, or at all. */
const AWAY: readonly Status[] = ["CANCELLED", "DEADLINE_EXCEEDED", "UNAVAILABLE"];

/** What to do about an answer, where something can be done. */
const FIX: Partial<Record<Status, string>> = {
  RESOURCE_EXHAUSTED: "It asks to slow down: try again in a moment.",
  PERMISSION_DENIED: "Check TEMPORAL_NAMESPACE and what TEMPORAL_API_KEY may do there.",
  UNAUTHENTICATED: "Check TEMPORAL_API_KEY and TEMPORAL_TLS.",
  NOT_FOUND: "Check that the namespace in TEMPORAL_NAMESPACE exists.",
};

/** An answer of Temporal that is a refusal. */
export class TemporalRefusal extends AppError {
  constructor(
    readonly why: string,
    readonly fix: string,
  ) {
    super("temporal_refused", `${why}, so nothing was changed. ${fix}`, 503);
  }
}

/**
 * Calls Temporal, for at most `patience` ms. Throws a 503 `temporal_unavailable` where Temporal did not answer, a 503
 * `temporal_refused` with the status where it refused, and anything else as it is.
 */
export async function withTemporal<T>(call: () => Promise<T>, patience = DEADLINE): Promise<T> {
  try {
    return await getTemporal().withDeadline(Date.now() + patience, call);
  } catch (error) {
    if (error instanceof AppError) throw error;
    getLogger().warn({ error: loggable(error) }, "A call to Temporal failed.");
    throw temporalError(error);
  }
}

/** Whether an error means that no answer came, of Temporal or another service. */
export function isAway(error: unknown): boolean {
  const status = statusOf(error);
  return status === null ? brokenBy(error) !== null : AWAY.includes(status);
}

/** An error of Temporal's client as the API answers it. */
export function temporalError(error: unknown): unknown {
  const status = statusOf(error);
  if (isAway(error))
    return unavailable("temporal", "Temporal can't be reached, so nothing was changed. Try again in a moment.");
  if (status === null) return error;
  return new TemporalRefusal(`Temporal refused with ${status}`, FIX[status] ?? "The server's log has what it says.");
}

function statusOf(error: unknown): Status | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if (isGrpcServiceError(at)) return STATUS[at.code] ?? "UNKNOWN";
  return null;
}
