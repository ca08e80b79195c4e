interface Told {
  reason?: string;
  message?: string;
}

interface ErrorBody {
  error?: { message?: string; errors?: Told[]; status?: string };
}

/**
 * A refusal by BigQuery: the HTTP status, or 0 for a failed job, with a reason from its list. Its message may hold row
 * data, so it is matched against patterns, but never shown.
 */
export class Refusal extends Error {
  readonly #words: string;

  constructor(
    readonly status: number,
    readonly reason: string,
    words: string,
  ) {
    super(`BigQuery responded with ${reason || status}`);
    this.name = "Refusal";
    this.#words = words;
  }

  says(what: RegExp): boolean {
    return what.test(this.#words);
  }

  /** By which administrators find a refusal of VPC Service Controls in their audit log; null for other refusals. */
  get perimeterId(): string | null {
    // Messages of other refusals may hold row data.
    if (this.status !== 403 && !/^(accessDenied|policyViolation)$/.test(this.reason)) return null;
    if (!this.says(/vpcServiceControlsUniqueIdentifier|VPC Service Controls/i)) return null;
    return /vpcServiceControlsUniqueIdentifier:\s*([\w-]+)/.exec(this.#words)?.[1] ?? "";
  }

  /** The missing permission, like bigquery.jobs.create. */
  get permission(): string | null {
    return /\bbigquery\.(?!googleapis)[a-zA-Z]+\.[a-zA-Z]+\b/.exec(this.#words)?.[0] ?? null;
  }
}

/** Parses an error response of the API. */
export function refusalOf(status: number, text: string): Refusal {
  let body: ErrorBody = {};
  try {
    body = JSON.parse(text) as ErrorBody;
  } catch {
    // Proxies and load balancers answer with their own pages: only the status remains.
  }
  const { message = "", errors = [], status: name = "" } = body.error ?? {};
  return new Refusal(status, errors[0]?.reason ?? name, [message, ...errors.map((it) => it.message)].join("\n"));
}

/** The refusal of a failed job. */
export const failedJob = ({ reason = "", message = "" }: Told): Refusal => new Refusal(0, reason, message);

export const isRefusal = (error: unknown, status: number): boolean =>
  error instanceof Refusal && error.status === status;

const BUSY = new Set([
  "backendError",
  "internalError",
  "jobBackendError",
  "jobInternalError",
  "jobRateLimitExceeded",
  "rateLimitExceeded",
  "tableUnavailable",
  "timeout",
  "stopped",
  "userRateLimitExceeded",
]);

/** Another transaction or statement came first. */
export const isConflict = (error: unknown): boolean =>
  error instanceof Refusal &&
  error.says(/concurrent update|transaction is aborted|could not serialize|too many DML statements/i);

/** Whether an error is transient. Source: the error table of BigQuery's documentation. */
export const isPassing = (error: Refusal): boolean =>
  BUSY.has(error.reason) || error.status === 408 || error.status === 429 || error.status >= 500 || isConflict(error);
