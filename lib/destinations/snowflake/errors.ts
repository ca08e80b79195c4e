import { ExportError, type Failure } from "../../errors";
import { brokenBy, nameOfError } from "../../net/broken";
import { accountUrl } from "./address";
import { type Explained, finalBy, missing, type Where } from "./final-errors";

/** SQLSTATE classes of transient errors: connections, conflicts, resources, operator intervention, internal errors. */
const PASSING = /^(08|40|53|57|58|XX)/;

/** The driver's own codes for a broken connection or session. */
const BROKEN = new Set(["401001", "402001", "405501", "405503", "407001", "407002"]);

/** Expired sessions and tokens: the next attempt signs in again. */
const ENDED = new Set(["390103", "390104", "390111", "390112", "390113", "390114", "390115", "401004"]);

/** Codes of a busy Snowflake: canceled, timed out, lock wait too long, internal errors. */
const BUSY = new Set(["000603", "000604", "000625", "000626", "000628", "000630", "300002", "300005"]);

interface Thrown {
  code?: string | number;
  sqlState?: string;
  message?: string;
  response?: { statusCode?: number; status?: number };
  cause?: unknown;
}

/**
 * Turns an error of the driver or a connection into an `ExportError`. Omits what Snowflake says about a value: it may
 * be data.
 */
export function snowflakeFailure(error: unknown, where: Where): ExportError {
  const known = within(error);
  return known ?? new ExportError(failureOf((error ?? {}) as Thrown, where), { cause: error });
}

/** An `ExportError` that the driver wrapped in its own. */
function within(error: unknown): ExportError | null {
  for (let at = error, depth = 0; at && depth < 5; at = (at as Thrown).cause, depth += 1)
    if (at instanceof ExportError) return at;
  return null;
}

function failureOf(error: Thrown, where: Where): Failure {
  const code = codeOf(error.code);
  const status = error.response?.statusCode ?? error.response?.status;
  if (BROKEN.has(code) || !/^\d{6}$/.test(code)) return unreachable(error, where);
  if (status !== undefined && code === "401002") return answeredWith(status, where);
  if (ENDED.has(code)) return busy(`Snowflake ended the session (${code}).`);
  const explain = finalBy(code);
  const explained: Explained | null = explain ? explain(where, error.message ?? "") : missing(code, error, where);
  if (explained) return { ...explained, retryable: false };
  const { sqlState = "" } = error;
  if (BUSY.has(code) || PASSING.test(sqlState) || /^(40100|40200)/.test(code))
    return busy(`Snowflake responded with ${code}${sqlState && ` (${sqlState})`}.`);
  return {
    code: sqlState.startsWith("22") ? "load_refused" : "warehouse_refused",
    message: `Snowflake refused with ${code}${sqlState && ` (${sqlState})`}.`,
    fix: "Look up the code in the account's query history, and compare the table's columns with the list in docs/destinations.md.",
    retryable: false,
  };
}

const codeOf = (code: Thrown["code"]) => (typeof code === "number" ? String(code).padStart(6, "0") : (code ?? ""));

const busy = (message: string): Failure => ({ code: "warehouse_busy", message, fix: null, retryable: true });

/** An answer that is not Snowflake's own, by its status. */
export function answeredWith(status: number, where: Where): Failure {
  const passes = status === 408 || status === 429 || status >= 500;
  if (passes) return busy(`Snowflake responded with status ${status}.`);
  return {
    code: "wrong_account",
    message: `${accountUrl(where)} responded with status ${status}: it isn't a Snowflake account.`,
    fix: "Correct the account identifier in the connection, like myorg-account123; then retry the run.",
    retryable: false,
  };
}

function unreachable(thrown: Thrown, where: Where): Failure {
  const { code, message = "", cause } = thrown;
  const inner = (cause ?? {}) as Thrown;
  const name = [code, inner.code].find((each) => typeof each === "string" && /^[A-Z_]{4,}$/.test(each));
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(String(name ?? "")) || /certificate/i.test(message + (inner.message ?? "")))
    return {
      code: "tls_error",
      message: `The TLS connection to ${accountUrl(where)} failed${name ? ` (${name})` : ""}.`,
      fix: "Check the account identifier or the address in the connection. Its certificate must match that name.",
      retryable: false,
    };
  if (!BROKEN.has(codeOf(thrown.code)) && brokenBy(thrown) === null)
    return {
      code: "warehouse_error",
      message: `A request to Snowflake failed without a response: ${nameOfError(thrown)}.`,
      fix: "Check the worker's log for the full error.",
      retryable: true,
    };
  return {
    code: "unreachable",
    message: `Snowflake at ${accountUrl(where)} couldn't be reached${name ? ` (${name})` : ""}.`,
    fix: "Check the account in the connection, and that this machine can reach it.",
    retryable: true,
  };
}
