import type { TablesOutline } from "../declaration";
import { postgresForm } from "./form";
import type { PostgresConfig, PostgresSecret, PostgresSettings } from "./schema";

/** See `Outline`. */
export const postgresOutline: TablesOutline<PostgresConfig, PostgresSecret, PostgresSettings> = {
  kind: "tables",
  setup: "script",
  form: postgresForm,
  place: ({ database, schema }) => `${database}.${schema}`,
  address: ({ host, port, database, schema }) => `postgres://${host}:${port}/${database}/${schema}`,
  location: ({ host, port, database, schema }, { table }) => ({ account: `${host}:${port}`, database, schema, table }),
  secretGoesTo: ({ host, port, tls }) => `postgres://${host.toLowerCase()}:${port}?sslmode=${tls}`,
  secrets: ["password"],
};
