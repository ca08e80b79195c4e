import type { Failure } from "../../errors";
import { quote } from "./names";
import type { SnowflakeConfig } from "./schema";
import { addToken, grants, networkPolicy, roleGrant, stageGrant } from "./script";
import { STAGE } from "./stage";

/** The settings that explanations name. */
export type Where = SnowflakeConfig;

export type Explained = Pick<Failure, "code" | "message" | "fix">;
type Explain = (where: Where, message: string) => Explained;

/** Snowflake's sentence on a sign-in, which carries no rows: on one line, and not without end. */
const quoted = (sentence: string) => {
  const line = sentence
    .replace(/[\s\p{C}]+/gu, " ")
    .trim()
    .slice(0, 300);
  return line && ` It says: ${line}`;
};

const SIGN_IN: Record<Where["auth"], (where: Where) => string> = {
  key_pair: () =>
    "Set the public key of the connection's private key for the user (ALTER USER … SET RSA_PUBLIC_KEY = '…'), and check the account and user; then retry the run.",
  token: (where) =>
    `Create a new token (${addToken(where)}), enter it in the connection, and check the account and user; then retry the run.`,
  password: () =>
    "Snowflake no longer allows sign-ins with only a password. Choose a key pair or a programmatic access token in the connection (its setup script creates one); then retry the run.",
};

const badCredentials: Explain = (where, message) => ({
  code: "bad_credentials",
  message: `Snowflake doesn't allow the user ${where.username} to sign in.${quoted(message)}`,
  fix: SIGN_IN[where.auth](where),
});

const missingPermission: Explain = (where) => ({
  code: "missing_permission",
  message: `The role ${where.role ?? "of the user"} doesn't have a required permission in ${where.database}.${where.schema}.`,
  fix: `${grants(where).replaceAll("\n", " ")} Also grant ownership of existing tables; then retry the run.`,
});

const wrongRole: Explain = (where) => ({
  code: "missing_permission",
  message: `The user ${where.username} can't use ${where.role === null ? "its default role" : `the role ${where.role}`}.`,
  fix: `${roleGrant(where)} Or correct the role in the connection; then retry the run.`,
});

const missingWarehouse: Explain = (where) => ({
  code: "missing_warehouse",
  message: `The warehouse ${where.warehouse} doesn't exist, or the role can't use it.`,
  fix: `${grants(where).split("\n")[0]} Or correct its name in the connection; then retry the run.`,
});

const suspended: Explain = ({ warehouse, role }) => ({
  code: "warehouse_suspended",
  message: `The warehouse ${warehouse} is suspended and doesn't resume automatically.`,
  fix: `ALTER WAREHOUSE ${quote(warehouse)} SET AUTO_RESUME = TRUE; or grant OPERATE on it to the role ${role ?? "of the user"}; then retry the run.`,
});

const overQuota: Explain = ({ warehouse }) => ({
  code: "quota_exceeded",
  message: `A resource monitor blocks the warehouse ${warehouse}: its quota is used up.`,
  fix: "Raise the resource monitor's quota, or wait until it resets; then retry the run.",
});

const missingDatabase: Explain = (where) => ({
  code: "missing_database",
  message: `The database ${where.database} doesn't exist, or the role can't use it.`,
  fix: `${grants(where).split("\n")[1]} Or correct its name in the connection; then retry the run.`,
});

const missingSchema: Explain = (where) => ({
  code: "missing_schema",
  message: `The schema ${where.database}.${where.schema} doesn't exist, or the role can't use it.`,
  fix: `${grants(where).split("\n")[2]} Or correct its name in the connection; then retry the run.`,
});

const stagingLost: Explain = () => ({
  code: "staging_lost",
  message: "Staged files of this run no longer exist.",
  fix: "Retry the run, and check that nothing else removes files from the stage PENSTOCK_STAGE.",
});

const stageOfOther: Explain = (where) => ({
  code: "missing_permission",
  message: `Another role created the stage ${STAGE} in ${where.database}.${where.schema}, and ${where.role ?? "the user's role"} can't use it.`,
  fix: `${stageGrant(where)} Then retry the run.`,
});

/** An object that the role can't see is there. */
const hidden: Explain = (where, message) =>
  (message.includes(STAGE) ? stageOfOther : missingPermission)(where, message);

const notAllowedFromHere: Explain = ({ username }, message) => ({
  code: "address_not_allowed",
  message: `A network policy of the account doesn't allow ${username} to sign in from this machine's address.${quoted(message)}`,
  fix: "Add the address that Penstock connects from to the network policy; then retry the run.",
});

const noNetworkPolicy: Explain = (where, message) => ({
  code: "address_not_allowed",
  message: `Snowflake accepts programmatic access tokens only from users with a network policy, and ${where.username} has none.${quoted(message)}`,
  fix: `${networkPolicy(where).replaceAll("\n", " ")} Then retry the run.`,
});

/**
 * Codes that retrying can't fix. Source: Snowflake's documentation of key pairs (3943xx, 390144) and programmatic access
 * tokens, and the lists of sign-in error codes in its clients (390xxx).
 */
const FINAL: Record<string, Explain> = {
  "390422": notAllowedFromHere,
  "390432": noNetworkPolicy,
  "390186": wrongRole,
  "390189": wrongRole,
  "390201": missingDatabase,
  "003001": missingPermission,
  "003041": hidden,
  "003540": missingPermission,
  "000606": missingWarehouse,
  "000607": suspended,
  "090064": suspended,
  "090073": overQuota,
  "090105": missingDatabase,
  "090106": missingSchema,
  "091016": stagingLost,
};

/** All other codes of a refused sign-in: unknown users, keys, and tokens, policies, and missing second factors. */
const SIGN_IN_CODE = /^39[04]\d{3}$/;

/** Explains a code that retrying can't fix; null for others. */
export const finalBy = (code: string): Explain | null =>
  FINAL[code] ?? (SIGN_IN_CODE.test(code) ? badCredentials : null);

const KINDS: Record<string, Explain> = {
  database: missingDatabase,
  schema: missingSchema,
  warehouse: missingWarehouse,
  role: wrongRole,
  stage: stageOfOther,
  table: (where) => ({
    code: "missing_table",
    message: `A table in ${where.database}.${where.schema} doesn't exist, or the role can't use it.`,
    fix: `GRANT SELECT, INSERT, UPDATE, DELETE on it to the role ${where.role ?? "of the user"}; then retry the run.`,
  }),
};

/** Explains "does not exist or not authorized" by the one word of the message that is not data. */
export function missing(code: string, { message = "" }: { message?: string }, where: Where): Explained | null {
  if (code !== "002003" && code !== "002043") return null;
  const [, kind = ""] = /\b(database|schema|warehouse|role|table|stage)\b/i.exec(message) ?? [];
  return (KINDS[kind.toLowerCase()] ?? missingPermission)(where, message);
}
