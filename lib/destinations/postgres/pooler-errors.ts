import type { Explain } from "./final-errors";
import { RETRY } from "./final-errors";

const refusesUser: Explain = ({ username }) => ({
  code: "bad_credentials",
  message: `PgBouncer doesn't allow the user ${username} to sign in.`,
  fix: `Enter a valid user and password in the connection, and check that PgBouncer's auth_file or auth_query knows the user${RETRY}`,
});

const lacksDatabase: Explain = ({ database }) => ({
  code: "missing_database",
  message: `PgBouncer has no database ${database}.`,
  fix: `Add it to [databases] in pgbouncer.ini, or correct its name in the connection${RETRY}`,
});

const statementMode: Explain = ({ database }) => ({
  code: "unfit_pooler",
  message: "PgBouncer allows no transactions: its pool_mode is statement.",
  fix: `Set pool_mode=transaction for ${database} in [databases] of pgbouncer.ini, or enter the server's own address in the connection${RETRY}`,
});

const over =
  (setting: string): Explain =>
  ({ database }) => ({
    code: "warehouse_busy",
    message: `PgBouncer ended the connection: a load or a commit took longer than its ${setting}.`,
    fix: `Set ${setting} = 0 in pgbouncer.ini, or enter the server's own address for ${database} in the connection${RETRY}`,
    retryable: true,
  });

const full =
  (setting: string): Explain =>
  () => ({
    code: "warehouse_busy",
    message: "PgBouncer has no free connection.",
    fix: `Raise ${setting} in pgbouncer.ini${RETRY}`,
    retryable: true,
  });

/**
 * What PgBouncer itself says, in English only. Source: disconnect_client and disconnect_server in its objects.c,
 * client.c, server.c, and janitor.c.
 */
const SENTENCES: [RegExp, (setting: string) => Explain][] = [
  [/^(?:no such user|login rejected|(?:\w+ |"trust" )?authentication failed)/i, () => refusesUser],
  [/^no such database|^database ".*" is disabled$/, () => lacksDatabase],
  [/not allowed in statement pooling mode$/, () => statementMode],
  [/^((?:query|idle transaction|transaction)[ _]timeout)$/, over],
  [/^query_wait_timeout$/, () => full("default_pool_size")],
  [/\((max_\w+)\)$/, full],
];

/** Explains a refusal by PgBouncer; undefined for a sentence that is not its own. */
export function pooled(message: string): Explain | undefined {
  for (const [sentence, explain] of SENTENCES) {
    const found = sentence.exec(message);
    if (found) return explain((found[1] ?? "").replaceAll(" ", "_"));
  }
  return undefined;
}
