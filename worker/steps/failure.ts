import { ExportError, type Failure } from "@/lib/errors";
import { internalFailure } from "@/lib/failure-codes";
import { getLogger, loggable } from "@/lib/services/logger";

/** Turns anything thrown into what people read. Unforeseen errors are logged, described plainly, and retried. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ExportError) return error.failure;
  getLogger().error({ error: loggable(error) }, "A run failed with an unexpected error.");
  return internalFailure("Check the worker's log. If the run doesn't recover automatically, retry it.");
}
