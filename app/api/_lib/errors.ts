import { randomUUID } from "node:crypto";
import { ZodError } from "zod";
import { AppError, ExportError, TooManyRequests } from "@/lib/errors";
import { getLogger, loggable } from "@/lib/services/logger";
import { fromIssues } from "./validation";

/** Every error of a service as the AppError that is answered; one that nobody foresaw is logged under an id. */
function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) return fromIssues(error.issues);
  if (error instanceof ExportError) {
    const { code, message, fix, retryable } = error.failure;
    // What can pass by itself is the part's trouble, the rest is the request's.
    return new AppError(code, fix ? `${message} ${fix}` : message, retryable ? 503 : 422);
  }
  const id = randomUUID();
  getLogger().error({ errorId: id, error: loggable(error) }, "A request failed in a way that was not foreseen.");
  return new AppError(
    "internal_error",
    `Something went wrong on our side. The server's log tells more under ${id}.`,
    500,
  );
}

/** An error as the API's one error shape. */
export function errorResponse(error: unknown): Response {
  const known = toAppError(error);
  const { code, message, status, details } = known;
  const wait = known instanceof TooManyRequests && { "retry-after": String(known.retryAfterSeconds) };
  const headers = { ...NO_STORE, ...wait };
  return Response.json({ error: { code, message, ...(details && { details }) } }, { status, headers });
}

/** Nothing that the API answers may be kept by a cache in between. */
export const NO_STORE = { "cache-control": "no-store" };
