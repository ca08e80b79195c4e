import { connectionSchemas } from "../connection-schemas";
import { bigqueryOutline } from "./outline";
import { bigqueryConfigSchema, bigquerySecretSchema, bigquerySettingsSchema } from "./schema";

export const bigquery = {
  ...bigqueryOutline,
  ...connectionSchemas({ type: "bigquery", config: bigqueryConfigSchema, secret: bigquerySecretSchema, trial: {} }),
  settings: bigquerySettingsSchema,
};
