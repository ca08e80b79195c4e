import { connectionSchemas } from "../connection-schemas";
import type { TablesDeclaration } from "../declaration";
import { accountUrl } from "./address";
import { dialect } from "./dialect";
import { snowflakeForm } from "./form";
import {
  type SnowflakeConfig,
  type SnowflakeSecret,
  type SnowflakeSettings,
  snowflakeConfigSchema,
  snowflakeProblems,
  snowflakeSecretSchema,
  snowflakeSettingsSchema,
} from "./schema";
import { snowflake as writing } from "./writing";

const declaration: TablesDeclaration<SnowflakeConfig, SnowflakeSecret, SnowflakeSettings> = {
  kind: "tables",
  setup: "script",
  form: snowflakeForm,
  place: ({ database, schema }) => `${database}.${schema}`,
  address: ({ account, database, schema }) => `snowflake://${account}/${database}/${schema}`,
  location: ({ account, database, schema }, { table }) => ({ account, database, schema, table }),
  secretGoesTo: (config) => `${config.account.toLowerCase()} at ${new URL(accountUrl(config)).href}`,
  writing,
  dialect,
};

export const snowflake = {
  ...declaration,
  ...connectionSchemas({
    type: "snowflake",
    config: snowflakeConfigSchema,
    secret: snowflakeSecretSchema,
    trial: {},
    check: snowflakeProblems,
  }),
  settings: snowflakeSettingsSchema,
};
