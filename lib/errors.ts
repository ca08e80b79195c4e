/** One subject of an error: a field of the request by its dotted path, or an object in the way. */
export interface ErrorDetail {
  path: string;
  message: string;
}

/**
 * An error that API callers and people at forms may see. `code` is stable, `message` says what is wrong and how to fix
 * it, `status` is the API's HTTP status. Must never contain a secret.
 */
export class AppError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly details?: ErrorDetail[],
  ) {
    super(message);
    this.name = "AppError";
  }
}

/** A temporary refusal; sent with Retry-After. */
export class TooManyRequests extends AppError {
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super("too_many_requests", message, 429);
  }
}

export const notFound = (what: string) =>
  new AppError("not_found", `This ${what} doesn't exist, or you can't access it.`, 404);

export const conflict = (code: string, message: string, details?: ErrorDetail[]) =>
  new AppError(code, message, 409, details);

export const invalid = (message: string, details?: ErrorDetail[]) =>
  new AppError("invalid_request", message, 422, details);

/** A 422 about one field of the request, by its dotted path. `message` is a sentence that a form can show below it. */
export const invalidField = (path: string, message: string) => invalid(`${path}: ${message}`, [{ path, message }]);

export const unavailable = (part: string, message: string) => new AppError(`${part}_unavailable`, message, 503);

/**
 * Why a run or one of its files failed, in plain words. `retryable` says whether a retry may help by itself; `fix` is
 * the step to take if not. Stored with the run, returned by the API.
 */
export interface Failure {
  code: string;
  message: string;
  fix: string | null;
  retryable: boolean;
  /** An IAM statement (JSON) that grants the missing permission, to paste. */
  statement?: string | undefined;
  /** For `would_shrink`: the rows of the window's receipt, and those that the source has now. */
  rows?: { receipt: number; source: number } | undefined;
}

/** A failure as an exception, thrown by destinations and the source when they understand the cause. */
export class ExportError extends Error {
  constructor(
    readonly failure: Failure,
    options?: { cause?: unknown },
  ) {
    super(failure.message, options);
    this.name = "ExportError";
  }
}
