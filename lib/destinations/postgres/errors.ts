import { DatabaseError } from "pg";
import { ExportError, type Failure } from "../../errors";
import type { PostgresConfig } from "./schema";

type Where = Pick<PostgresConfig, "host" | "port" | "database" | "schema" | "username">;
type Explain = (where: Where, error: DatabaseError) => Pick<Failure, "code" | "message" | "fix">;

const badCredentials: Explain = ({ username }) => ({
  code: "bad_credentials",
  message: `PostgreSQL does not let the user ${username} in.`,
  fix: "Enter a valid user and password in the connection, and check that pg_hba.conf lets them in from here; then retry the run.",
});

const missingPermission: Explain = ({ username, schema }) => ({
  code: "missing_permission",
  message: `The user ${username} lacks a permission in the schema ${schema}.`,
  fix: `GRANT USAGE, CREATE ON SCHEMA "${schema}" TO "${username}", and on tables that are there already SELECT, INSERT, DELETE, on _penstock_commits also UPDATE; then retry the run.`,
});

/** SQLSTATEs that trying again can't mend. Source: appendix A of PostgreSQL's documentation. */
const FINAL: Record<string, Explain> = {
  "28P01": badCredentials,
  "28000": badCredentials,
  "42501": missingPermission,
  "3D000": ({ database }) => ({
    code: "missing_database",
    message: `The database ${database} does not exist.`,
    fix: "Create it, or correct its name in the connection; then retry the run.",
  }),
  "3F000": ({ schema }) => ({
    code: "missing_schema",
    message: `The schema ${schema} does not exist.`,
    fix: `CREATE SCHEMA "${schema}", or correct its name in the connection; then retry the run.`,
  }),
  "53100": () => ({
    code: "disk_full",
    message: "The server's disk is full.",
    fix: "Make room on the server; then retry the run.",
  }),
};

/** Classes of SQLSTATE that pass: connections, resources, operator's interventions, conflicts of transactions. */
const PASSING = /^(08|53|57|58|40|55|XX)/;

/** Turns what the driver threw into an `ExportError`. What the server says of a row is not repeated: it may be data. */
export function postgresFailure(error: unknown, where: Where): ExportError {
  if (error instanceof ExportError) return error;
  if (error instanceof DatabaseError) return new ExportError(answered(error, where), { cause: error });
  return new ExportError(unreachable(error, where), { cause: error });
}

function answered(error: DatabaseError, where: Where): Failure {
  const code = error.code ?? "";
  const known = FINAL[code];
  if (known) return { ...known(where, error), retryable: false };
  if (PASSING.test(code))
    return { code: "warehouse_busy", message: `PostgreSQL answered with ${code}.`, fix: null, retryable: true };
  const at = error.column ? ` in the column ${error.column}` : "";
  return {
    code: "warehouse_refused",
    message: `PostgreSQL refused with ${code}${at}${error.table ? ` of ${error.table}` : ""}.`,
    fix: "Look the code up in PostgreSQL's documentation, and compare the table's columns with those that the README lists.",
    retryable: false,
  };
}

function unreachable(error: unknown, { host, port }: Where): Failure {
  const { code = "", message = "" } = error as Error & { code?: string };
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code) || /SSL|certificate/i.test(message))
    return {
      code: "tls_error",
      message: `TLS with ${host} did not come about${code ? ` (${code})` : ""}.`,
      fix: "Choose the TLS mode that the server offers, or give the authority that signed its certificate.",
      retryable: false,
    };
  return {
    code: "unreachable",
    message: `PostgreSQL at ${host}:${port} could not be reached${code ? ` (${code})` : ""}.`,
    fix: "Check host and port in the connection, and that this machine can reach them.",
    retryable: true,
  };
}
