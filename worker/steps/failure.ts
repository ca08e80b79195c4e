import { ExportError, type Failure } from "@/lib/errors";
import { internalFailure } from "@/lib/failure-codes";
import { getLogger, loggable } from "@/lib/services/logger";

/** Turns anything thrown into what people read. Unforeseen errors are logged, described plainly, and retried. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ExportError) return error.failure;
  getLogger().error({ error: loggable(error) }, "A run met an error that has no explanation yet.");
  return internalFailure("Look into the worker's log; if the run does not recover by itself, retry it.");
}
