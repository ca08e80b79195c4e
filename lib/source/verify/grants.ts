import { getEnv } from "../../env";

const TABLES = ["events", "persons", "merged_ids"] as const;

const quoted = (name: string) => `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;

/** A table of the source's database, quoted for pasted statements. */
export const sourceTable = (table: string): string => `${quoted(getEnv().CLICKHOUSE_DATABASE)}.${quoted(table)}`;

/** Grants read access to one table, for pasting. */
export const grantStatement = (table: string): string =>
  `GRANT SELECT ON ${sourceTable(table)} TO ${quoted(getEnv().CLICKHOUSE_USERNAME)};`;

/** Grants access to replication lag, for pasting. */
export const replicasStatement = (): string =>
  `GRANT SELECT ON system.replicas TO ${quoted(getEnv().CLICKHOUSE_USERNAME)};`;

/** Everything Penstock's user needs, for pasting: read access, and a profile that allows settings per query. */
export function profileStatement(): string {
  const user = quoted(getEnv().CLICKHOUSE_USERNAME);
  return [
    "CREATE SETTINGS PROFILE IF NOT EXISTS penstock SETTINGS readonly = 2;",
    `ALTER USER ${user} SETTINGS PROFILE 'penstock';`,
    ...TABLES.map(grantStatement),
    "-- Optional: detects servers that lag behind.",
    replicasStatement(),
  ].join("\n");
}
