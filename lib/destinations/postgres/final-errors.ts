import type { Failure } from "../../errors";
import type { PostgresConfig } from "./schema";
import { quote } from "./sql";

export type Where = Pick<PostgresConfig, "host" | "port" | "database" | "schema" | "username">;

/** What a refusal is about, as far as known. */
export interface About {
  table: string | null;
  column: string | null;
  constraint: string | null;
}

export type Explain = (
  where: Where,
  about: About,
) => Pick<Failure, "code" | "message" | "fix"> & { retryable?: boolean };

export const RETRY = "; then retry the run.";

const badCredentials: Explain = ({ username }) => ({
  code: "bad_credentials",
  message: `PostgreSQL doesn't allow the user ${username} to sign in.`,
  fix: `Enter a valid user and password in the connection, and check that pg_hba.conf allows them from this machine${RETRY}`,
});

const missingPermission: Explain = ({ username, schema }) => ({
  code: "missing_permission",
  message: `The user ${username} doesn't have a required permission in the schema ${schema}.`,
  fix: `GRANT USAGE, CREATE ON SCHEMA ${quote(schema)} TO ${quote(username)}, and on existing tables SELECT, INSERT, and DELETE, plus UPDATE on _penstock_commits and on tables that mark deleted persons${RETRY}`,
});

/** A refusal of written data: one code, with a message and a fix by SQLSTATE. */
const refused =
  (explain: (column: string, alter: string, about: About) => [sentence: string, fix: string]): Explain =>
  (where, about) => {
    const column = about.column === null ? "a column" : `the column ${about.column}`;
    const table = about.table === null ? "…" : `${quote(where.schema)}.${quote(about.table)}`;
    const alter = `ALTER TABLE ${table} ALTER COLUMN ${about.column === null ? "…" : quote(about.column)}`;
    const [sentence, fix] = explain(column, alter, about);
    return { code: "warehouse_refused", message: sentence, fix: `${fix}${RETRY}` };
  };

const LEAVE_OUT = "or leave the column out of the export";

const readOnly: Explain = ({ username }) => ({
  code: "warehouse_refused",
  // After a failover, the name leads to the new primary soon.
  retryable: true,
  message: "The server doesn't accept writes: it is a standby, or its sessions are read-only.",
  fix: `Enter the primary server's address in the connection, or ALTER ROLE ${quote(username)} SET default_transaction_read_only = off (managed servers also set it when their disk is full)${RETRY}`,
});

const notATable = refused((_, __, { table }) => [
  `${table ?? "The export's target"} isn't a table that accepts rows, but something like a view.`,
  "Enter another table name in the export (a missing table is created)",
]);

const notNow = refused((_, __, { table }) => [
  `${table ?? "The export's target"} doesn't accept rows: it is a view, or the server is a standby.`,
  "Choose a table in the export, and check that the connection uses the primary server",
]);

const brokenRule = refused((_, __, { constraint }) => [
  `A row violates ${constraint === null ? "a constraint" : `the constraint ${constraint}`} of the table.`,
  "Drop the constraint, or choose another table in the export",
]);

/** SQLSTATEs that retrying usually can't fix. Source: appendix A of PostgreSQL's documentation. */
export const FINAL: Record<string, Explain> = {
  "28P01": badCredentials,
  "28000": badCredentials,
  "42501": missingPermission,
  "3D000": ({ database }) => ({
    code: "missing_database",
    message: `The database ${database} doesn't exist.`,
    fix: `Create it, or correct its name in the connection${RETRY}`,
  }),
  "3F000": ({ schema }) => ({
    code: "missing_schema",
    message: `The schema ${schema} doesn't exist.`,
    fix: `CREATE SCHEMA ${quote(schema)}, or correct its name in the connection${RETRY}`,
  }),
  "53100": () => ({
    code: "disk_full",
    message: "The server's disk is full.",
    fix: `Free disk space on the server${RETRY}`,
  }),
  "57014": ({ username }) => ({
    code: "statement_canceled",
    message: "The server canceled a statement: an administrator or a proxy ended it, or statement_timeout did.",
    fix: `ALTER ROLE ${quote(username)} SET statement_timeout = 0, or choose a shorter schedule, so that windows are smaller${RETRY}`,
  }),
  "25006": readOnly,
  "42809": notATable,
  "55000": notNow,
  "22P05": refused((column) => [
    `A value in ${column} has a character that the database's encoding doesn't support.`,
    `Use a database with the encoding UTF8 in the connection, ${LEAVE_OUT}`,
  ]),
  "22P02": refused((column, alter) => [
    `A value in ${column} doesn't fit the column's type.`,
    `${alter} TYPE text, ${LEAVE_OUT}`,
  ]),
  "22001": refused((column, alter) => [`A value is longer than ${column} allows.`, `${alter} TYPE text, ${LEAVE_OUT}`]),
  "22003": refused((column, alter) => [
    `A number is larger or has more digits than ${column} allows.`,
    `If the column is a number, ${alter} TYPE numeric. If it is JSON, correct the value in the source, ${LEAVE_OUT}`,
  ]),
  "23502": refused((column, alter) => [
    `The table requires a value in ${column}, but a row has none.`,
    `${alter} DROP NOT NULL, or SET DEFAULT if the export doesn't write it`,
  ]),
  "23505": brokenRule,
  "23514": brokenRule,
  "428C9": refused((column, alter) => [
    `The table generates the values of ${column} itself, so values can't be written.`,
    `${alter} DROP EXPRESSION (of an identity: SET GENERATED BY DEFAULT)`,
  ]),
  "54000": refused((column) => [
    `A value in ${column} is longer than an index of the table or a JSON value allows.`,
    `Drop the index that holds the value, or index a hash of it (the next run replaces an index that Penstock created earlier), ${LEAVE_OUT}`,
  ]),
};
