import { connectionSchemas } from "../connection-schemas";
import { snowflakeOutline } from "./outline";
import { snowflakeConfigSchema, snowflakeProblems, snowflakeSecretSchema, snowflakeSettingsSchema } from "./schema";

export const snowflake = {
  ...snowflakeOutline,
  ...connectionSchemas({
    type: "snowflake",
    config: snowflakeConfigSchema,
    secret: snowflakeSecretSchema,
    trial: {},
    check: snowflakeProblems,
  }),
  settings: snowflakeSettingsSchema,
};
