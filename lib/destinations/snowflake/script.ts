import { COMMITS } from "../warehouse/fence";
import { quote, stored } from "./names";
import type { SnowflakeConfig } from "./schema";
import { literal } from "./sql";
import { STAGE } from "./stage";

/** The connection's role, or the one that the script creates if it names none. */
const roleOf = ({ role }: Pick<SnowflakeConfig, "role">): string => quote(role ?? "PENSTOCK");

const schemaOf = ({ database, schema }: SnowflakeConfig) => `${quote(database)}.${quote(schema)}`;

/** The minimal grants of the role, in order: warehouse, database, schema. */
export const grants = (config: SnowflakeConfig): string => {
  const role = roleOf(config);
  return [
    `GRANT USAGE ON WAREHOUSE ${quote(config.warehouse)} TO ROLE ${role};`,
    `GRANT USAGE ON DATABASE ${quote(config.database)} TO ROLE ${role};`,
    `GRANT USAGE, CREATE TABLE, CREATE STAGE ON SCHEMA ${schemaOf(config)} TO ROLE ${role};`,
  ].join("\n");
};

/** Lets the role use the stage, if another role has created it. */
export const stageGrant = (config: SnowflakeConfig): string =>
  `GRANT READ, WRITE ON STAGE ${schemaOf(config)}.${quote(STAGE)} TO ROLE ${roleOf(config)};`;

/** Lets the user use the role. */
export const roleGrant = (config: SnowflakeConfig): string =>
  `GRANT ROLE ${roleOf(config)} TO USER ${quote(config.username)};`;

/** How to make a user's programmatic access token. A service user needs a role and a network policy for it. */
export const addToken = (config: Pick<SnowflakeConfig, "username" | "role">): string =>
  `ALTER USER ${quote(config.username)} ADD PROGRAMMATIC ACCESS TOKEN PENSTOCK ` +
  `ROLE_RESTRICTION = ${literal(stored(config.role ?? "PENSTOCK"))} DAYS_TO_EXPIRY = 365;`;

/** Subjects the user to a network policy. */
export const networkPolicy = ({ username }: Pick<SnowflakeConfig, "username">): string =>
  "CREATE NETWORK POLICY IF NOT EXISTS PENSTOCK_ADDRESSES ALLOWED_IP_LIST = ('<the address that Penstock connects from>');\n" +
  `ALTER USER ${quote(username)} SET NETWORK_POLICY = PENSTOCK_ADDRESSES;`;

/** Snowflake ended passwords of services, so that those for a password get a token too. */
const signIn = (config: SnowflakeConfig): string[] =>
  config.auth === "key_pair"
    ? []
    : [
        ...(config.auth === "password"
          ? [
              "-- Snowflake no longer allows passwords: use this token. Choose the programmatic access token in the form.",
            ]
          : []),
        "-- Only if no network policy applies to the user. Tokens require one:",
        networkPolicy(config),
        "-- The response shows the token once. Replace it before it expires:",
        addToken(config),
      ];

/** SQL for an administrator: a role that may create tables and a stage in one schema, and a user for it. */
export const snowflakeScript = (config: SnowflakeConfig): string => {
  const [role, warehouse] = [roleOf(config), quote(config.warehouse)];
  const publicKey =
    config.auth === "key_pair" ? "RSA_PUBLIC_KEY = '<the public key, without its first and last line>' " : "";
  return [
    ...(config.auth === "key_pair"
      ? [
          "-- A key pair, in a shell:",
          "--   openssl genrsa 2048 | openssl pkcs8 -topk8 -inform PEM -out penstock.p8 -nocrypt",
          "--   openssl rsa -in penstock.p8 -pubout",
        ]
      : []),
    "USE ROLE ACCOUNTADMIN;",
    `CREATE ROLE IF NOT EXISTS ${role};`,
    `CREATE WAREHOUSE IF NOT EXISTS ${warehouse} WAREHOUSE_SIZE = XSMALL AUTO_SUSPEND = 60 AUTO_RESUME = TRUE INITIALLY_SUSPENDED = TRUE;`,
    `CREATE DATABASE IF NOT EXISTS ${quote(config.database)};`,
    `CREATE SCHEMA IF NOT EXISTS ${schemaOf(config)};`,
    `CREATE USER IF NOT EXISTS ${quote(config.username)} TYPE = SERVICE ${publicKey}DEFAULT_ROLE = ${role} DEFAULT_WAREHOUSE = ${warehouse};`,
    roleGrant(config),
    grants(config),
    ...signIn(config),
    "-- Only for a table that already exists (its ownership, because missing columns are added):",
    `-- GRANT OWNERSHIP ON TABLE ${schemaOf(config)}."EVENTS" TO ROLE ${role} COPY CURRENT GRANTS;`,
    "-- Only if another role of Penstock already writes to this schema:",
    `-- GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE ${schemaOf(config)}.${quote(COMMITS)} TO ROLE ${role};`,
    `-- ${stageGrant(config)}`,
  ].join("\n");
};
