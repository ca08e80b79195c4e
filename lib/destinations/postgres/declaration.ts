import { connectionSchemas } from "../connection-schemas";
import { postgresOutline } from "./outline";
import { postgresConfigSchema, postgresSecretSchema, postgresSettingsSchema } from "./schema";

export const postgres = {
  ...postgresOutline,
  ...connectionSchemas({ type: "postgres", config: postgresConfigSchema, secret: postgresSecretSchema, trial: {} }),
  settings: postgresSettingsSchema,
};
