import type { TablesOutline } from "../declaration";
import { accountUrl } from "./address";
import { snowflakeForm } from "./form";
import type { SnowflakeConfig, SnowflakeSecret, SnowflakeSettings } from "./schema";

/** See `Outline`. */
export const snowflakeOutline: TablesOutline<SnowflakeConfig, SnowflakeSecret, SnowflakeSettings> = {
  kind: "tables",
  setup: "script",
  form: snowflakeForm,
  place: ({ database, schema }) => `${database}.${schema}`,
  address: ({ account, database, schema }) => `snowflake://${account}/${database}/${schema}`,
  location: ({ account, database, schema }, { table }) => ({ account, database, schema, table }),
  secretGoesTo: (config) => `${config.account.toLowerCase()} at ${new URL(accountUrl(config)).href}`,
  secrets: ["privateKey", "passphrase", "token", "password"],
};
