import { quote as bigqueryName } from "@/lib/destinations/bigquery/sql";
import type { ConfigOf, ConnectionConfig } from "@/lib/destinations/connection";
import { quote as postgresName } from "@/lib/destinations/postgres/sql";
import type { Settings } from "@/lib/destinations/settings";
import { exactly, quote as snowflakeName } from "@/lib/destinations/snowflake/names";
import { namingOf } from "@/lib/destinations/snowflake/naming";
import { escapedText, snowflakeText, sqlText } from "../quote";

/** How a warehouse writes what snippets need. */
export interface Dialect {
  label: string;
  /** A table's full name. */
  table(config: ConnectionConfig, settings: Settings, bare: string): string;
  column(name: string, settings: Settings): string;
  text(text: string): string;
  time(iso: string): string;
}

const postgres: Dialect = {
  label: "PostgreSQL",
  table: (config, _, bare) => `${postgresName((config as ConfigOf<"postgres">).schema)}.${postgresName(bare)}`,
  column: postgresName,
  text: sqlText,
  time: (iso) => `TIMESTAMPTZ ${sqlText(iso)}`,
};

const naming = (settings: Settings) => namingOf(settings as Settings & { type: "snowflake" });

const snowflake: Dialect = {
  label: "Snowflake",
  table: (config, settings, bare) => {
    const { database, schema } = config as ConfigOf<"snowflake">;
    return `${snowflakeName(database)}.${snowflakeName(schema)}.${exactly(naming(settings).table(bare))}`;
  },
  column: (name, settings) => naming(settings).quote(name),
  text: snowflakeText,
  // Times are in UTC, without a zone.
  time: (iso) => `${snowflakeText(iso.replace("Z", ""))}::TIMESTAMP_NTZ`,
};

const bigquery: Dialect = {
  label: "BigQuery",
  table: (config, _, bare) => {
    const { projectId, dataset } = config as ConfigOf<"bigquery">;
    return [projectId, dataset, bare].map(bigqueryName).join(".");
  },
  column: bigqueryName,
  text: escapedText,
  time: (iso) => `TIMESTAMP ${escapedText(iso)}`,
};

/** By type of destination. */
export const dialects = { postgres, snowflake, bigquery };
