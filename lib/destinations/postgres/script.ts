import { COMMITS } from "../warehouse/fence";
import type { PostgresConfig } from "./schema";
import { quote } from "./sql";

/** A server's address as the guard reads it. */
export const hostAndPort = ({ host, port }: Pick<PostgresConfig, "host" | "port">): string =>
  `http://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}`;

/** The minimal grants for the user in the schema. */
export const grants = ({ schema, username }: Pick<PostgresConfig, "schema" | "username">): string =>
  `GRANT USAGE, CREATE ON SCHEMA ${quote(schema)} TO ${quote(username)};`;

/** SQL for an administrator: a user that may create tables in one schema, and change its own. */
export const postgresScript = (config: PostgresConfig): string => {
  const { database, schema, username } = config;
  return [
    `CREATE USER ${quote(username)} WITH PASSWORD '<a password of your own>';`,
    `GRANT CONNECT ON DATABASE ${quote(database)} TO ${quote(username)};`,
    `CREATE SCHEMA IF NOT EXISTS ${quote(schema)};`,
    grants(config),
    "-- Only for tables that already exist:",
    `-- GRANT SELECT, INSERT, DELETE ON ${quote(schema)}."events" TO ${quote(username)};`,
    "-- And for persons, if an export marks deleted ones:",
    `-- GRANT UPDATE ON ${quote(schema)}."persons" TO ${quote(username)};`,
    "-- Only if another user of Penstock already writes to this schema:",
    `-- GRANT SELECT, INSERT, UPDATE, DELETE ON ${quote(schema)}.${quote(COMMITS)} TO ${quote(username)};`,
  ].join("\n");
};
