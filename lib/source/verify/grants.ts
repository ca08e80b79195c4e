import { getEnv } from "../../env";

const TABLES = ["events", "persons", "merged_ids"] as const;

const quoted = (name: string) => `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;

/** A table of the source's database, as statements to paste name it. */
export const sourceTable = (table: string): string => `${quoted(getEnv().CLICKHOUSE_DATABASE)}.${quoted(table)}`;

/** The right to read one table, to paste. */
export const grantStatement = (table: string): string =>
  `GRANT SELECT ON ${sourceTable(table)} TO ${quoted(getEnv().CLICKHOUSE_USERNAME)};`;

/** The right to see how far replicas are behind, to paste. */
export const replicasStatement = (): string =>
  `GRANT SELECT ON system.replicas TO ${quoted(getEnv().CLICKHOUSE_USERNAME)};`;

/** Everything that Penstock's user needs, to paste: reads only, with a profile that lets queries set how they run. */
export function profileStatement(): string {
  const user = quoted(getEnv().CLICKHOUSE_USERNAME);
  return [
    "CREATE SETTINGS PROFILE IF NOT EXISTS penstock SETTINGS readonly = 2;",
    `ALTER USER ${user} SETTINGS PROFILE 'penstock';`,
    ...TABLES.map(grantStatement),
    "-- Optional: a server that is behind is noticed.",
    replicasStatement(),
  ].join("\n");
}
