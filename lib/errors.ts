/** One thing that an error is about: a field of the request by its dotted path, or an object that stands in the way. */
export interface ErrorDetail {
  path: string;
  message: string;
}

/**
 * An error that a caller of the API or a person at a form may see: `code` is stable, `message` says what is wrong and how
 * to mend it, `status` is the HTTP status that the API answers with. Never put a secret into one.
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

/** Refuses for now; answered with Retry-After. */
export class TooManyRequests extends AppError {
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super("too_many_requests", message, 429);
  }
}

export const notFound = (what: string) =>
  new AppError("not_found", `There is no such ${what}, or you may not see it.`, 404);

export const conflict = (code: string, message: string, details?: ErrorDetail[]) =>
  new AppError(code, message, 409, details);

export const invalid = (message: string, details?: ErrorDetail[]) =>
  new AppError("invalid_request", message, 422, details);

export const unavailable = (part: string, message: string) => new AppError(`${part}_unavailable`, message, 503);

/**
 * Why a run or one of its files failed, in the words a person reads. `retryable` says whether trying again can help by
 * itself; `fix` is the step to take where it can't. Stored with the run, answered by the API.
 */
export interface Failure {
  code: string;
  message: string;
  fix: string | null;
  retryable: boolean;
  /** What to paste to grant a missing permission: an IAM statement as JSON. */
  statement?: string;
}

/** A failure as an exception: thrown by destinations and the source, where the cause is understood. */
export class ExportError extends Error {
  constructor(
    readonly failure: Failure,
    options?: { cause?: unknown },
  ) {
    super(failure.message, options);
    this.name = "ExportError";
  }
}
