import { randomUUID } from "node:crypto";
import { ZodError } from "zod";
import { AppError, ExportError, TooManyRequests } from "@/lib/errors";
import { databaseError } from "@/lib/services/database";
import { getLogger, loggable } from "@/lib/services/logger";
import { fromIssues } from "./validation";

/** Maps any error of a service to the AppError in the response. Logs an unexpected one under an id. */
function toAppError(thrown: unknown): AppError {
  const error = databaseError(thrown);
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) return fromIssues(error.issues);
  if (error instanceof ExportError) {
    const { code, message, fix, retryable } = error.failure;
    // Retryable failures are the service's fault; others are the request's.
    return new AppError(code, fix ? `${message} ${fix}` : message, retryable ? 503 : 422);
  }
  const id = randomUUID();
  getLogger().error({ errorId: id, error: loggable(error) }, "A request failed unexpectedly.");
  return new AppError(
    "internal_error",
    `Something went wrong on our side. The server's log has the details under ${id}.`,
    500,
  );
}

/** Formats an error as an API response. */
export function errorResponse(error: unknown): Response {
  const known = toAppError(error);
  const { code, message, status, details } = known;
  const wait = known instanceof TooManyRequests && { "retry-after": String(known.retryAfterSeconds) };
  const headers = { ...NO_STORE, ...wait };
  return Response.json({ error: { code, message, ...(details && { details }) } }, { status, headers });
}

/** Intermediate caches must not store API responses. */
export const NO_STORE = { "cache-control": "no-store" };
