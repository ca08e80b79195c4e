import { connectionSchemas } from "../connection-schemas";
import type { TablesDeclaration } from "../declaration";
import { dialect } from "./dialect";
import { postgresForm } from "./form";
import {
  type PostgresConfig,
  type PostgresSecret,
  type PostgresSettings,
  postgresConfigSchema,
  postgresSecretSchema,
  postgresSettingsSchema,
} from "./schema";
import { postgres as writing } from "./writing";

const declaration: TablesDeclaration<PostgresConfig, PostgresSecret, PostgresSettings> = {
  kind: "tables",
  setup: "script",
  form: postgresForm,
  place: ({ database, schema }) => `${database}.${schema}`,
  address: ({ host, port, database, schema }) => `postgres://${host}:${port}/${database}/${schema}`,
  location: ({ host, port, database, schema }, { table }) => ({ account: `${host}:${port}`, database, schema, table }),
  secretGoesTo: ({ host, port, tls }) => `postgres://${host.toLowerCase()}:${port}?sslmode=${tls}`,
  writing,
  dialect,
};

export const postgres = {
  ...declaration,
  ...connectionSchemas({ type: "postgres", config: postgresConfigSchema, secret: postgresSecretSchema, trial: {} }),
  settings: postgresSettingsSchema,
};
