import { AppError } from "../errors";
import { brokenBy } from "../net/broken";

/** What PostgreSQL's driver, or Drizzle around it, throws. */
interface Thrown {
  code?: unknown;
  severity?: unknown;
  message?: string;
  cause?: unknown;
}

/**
 * Classes and codes of PostgreSQL that blame the connection or the server, not the statement: connection exceptions,
 * insufficient resources, a read-only server (after a failover, a former primary), a shutdown, and a time limit.
 */
const AWAY = /^(08...|53...|25006|57P0[1-5]|57014)$/;

/** The metadata database can't be reached, or doesn't answer in time. */
export class DatabaseUnavailable extends AppError {
  constructor(override readonly cause: unknown) {
    super("postgres_unavailable", "Penstock's database doesn't respond. Try again in a moment.", 503);
  }
}

/** It isn't known whether a change was made. */
export class CommitUnknown extends AppError {
  constructor(override readonly cause: unknown) {
    super(
      "postgres_unavailable",
      "The connection to Penstock's database broke while a change was being saved. Check whether it was saved before you try again.",
      503,
    );
  }
}

/**
 * Whether a server answered a statement with an error, so that it certainly had no effect. FATAL ends the connection,
 * perhaps only after the statement; PgBouncer uses it for a server that it has lost.
 */
export const hasRefused = (error: unknown): boolean => (error as Thrown | null)?.severity === "ERROR";

/** An error of a query as a `DatabaseUnavailable`, if the connection or the server is to blame. Otherwise unchanged. */
export function whyUnavailable(error: unknown): unknown {
  const { code } = (error ?? {}) as Thrown;
  const isAway = typeof code === "string" && AWAY.test(code);
  return isAway || brokenBy(error) !== null ? new DatabaseUnavailable(error) : error;
}

/** The same for any error: only one of Drizzle's, around the driver's, is about the database. */
export function ifDatabase(error: unknown): unknown {
  const { message, cause } = (error ?? {}) as Thrown;
  if (!message?.startsWith("Failed query")) return error;
  const why = whyUnavailable(cause);
  return why === cause ? error : why;
}
