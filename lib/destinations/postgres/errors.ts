import { DatabaseError } from "pg";
import { ExportError, type Failure } from "../../errors";
import { brokenBy, nameOfError } from "../../net/broken";
import { RowRefused } from "../warehouse/row-refused";
import { type About, FINAL, type Where } from "./final-errors";
import { particular } from "./particular-errors";
import { refusedAt } from "./refused-at";

/**
 * SQLSTATE classes of transient errors: connections, resources, operator intervention, conflicts; and transactions that
 * were idle, or open, for too long, as those of a worker that froze.
 */
const PASSING = /^(08|53|57|58|40|55|XX|25P03|25P04)/;

/** Turns a driver error into an `ExportError`. Omits what the server says about a row: it may be data. */
export function postgresFailure(error: unknown, where: Where): ExportError {
  if (error instanceof ExportError) return error;
  if (!(error instanceof DatabaseError)) return new ExportError(unreachable(error, where), { cause: error });
  const at = refusedAt(error);
  const failure = explained(error, where, at);
  return at && !failure.retryable
    ? new RowRefused(failure, at.line, { cause: error })
    : new ExportError(failure, { cause: error });
}

/** A message and a fix for a refusal by PostgreSQL. `known` adds what the server's error lacks. */
export function explained(error: DatabaseError, where: Where, known: Partial<About> | null = null): Failure {
  const code = error.code ?? "";
  const about: About = {
    table: known?.table ?? error.table ?? null,
    column: known?.column ?? error.column ?? generatedColumn(error),
    constraint: error.constraint ?? null,
  };
  const explain = particular(error, about) ?? FINAL[code];
  if (explain) {
    const { message, retryable = false, ...rest } = explain(where, about);
    return { ...rest, message: message.replace(/\.$/, ` (${code}).`), retryable };
  }
  if (PASSING.test(code))
    return { code: "warehouse_busy", message: `PostgreSQL responded with ${code}.`, fix: null, retryable: true };
  const at = about.column === null ? "" : ` in the column ${about.column}`;
  return {
    code: "warehouse_refused",
    message: `PostgreSQL refused with ${code}${at}${about.table === null ? "" : ` of ${about.table}`}.`,
    fix: "Look up the code in PostgreSQL's documentation, and compare the table's columns with the list in docs/destinations.md.",
    retryable: false,
  };
}

/** The server names a generated column only in a sentence, in any language. */
const generatedColumn = ({ code, detail }: DatabaseError): string | null =>
  code === "428C9" ? (/["«„“](.+?)["»“”]/.exec(detail ?? "")?.[1] ?? null) : null;

function unreachable(error: unknown, { host, port }: Where): Failure {
  const { code = "", message = "" } = error as Error & { code?: string };
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code) || /SSL|certificate/i.test(message))
    return {
      code: "tls_error",
      message: `The TLS connection to ${host} failed${code ? ` (${code})` : ""}.`,
      fix: "Choose a TLS mode that the server supports, or enter the authority that signed its certificate.",
      retryable: false,
    };
  if (brokenBy(error) === null)
    return {
      code: "warehouse_error",
      message: `The connection to PostgreSQL failed without a response from the server: ${nameOfError(error)}.`,
      fix: "Check the worker's log for the full error.",
      retryable: true,
    };
  return {
    code: "unreachable",
    message: `PostgreSQL at ${host}:${port} couldn't be reached${code ? ` (${code})` : ""}.`,
    fix: "Check the host and port in the connection, and that this machine can reach them.",
    retryable: true,
  };
}
