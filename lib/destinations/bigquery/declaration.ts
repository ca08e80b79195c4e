import { connectionSchemas } from "../connection-schemas";
import type { TablesDeclaration } from "../declaration";
import { dialect } from "./dialect";
import { bigqueryForm } from "./form";
import {
  type BigqueryConfig,
  type BigquerySecret,
  type BigquerySettings,
  bigqueryConfigSchema,
  bigquerySecretSchema,
  bigquerySettingsSchema,
} from "./schema";
import { bigquery as writing } from "./writing";

const declaration: TablesDeclaration<BigqueryConfig, BigquerySecret, BigquerySettings> = {
  kind: "tables",
  setup: "script",
  form: bigqueryForm,
  place: ({ projectId, dataset }) => `${projectId}.${dataset}`,
  address: ({ projectId, dataset }) => `bigquery://${projectId}/${dataset}`,
  location: ({ projectId, dataset }, { table }) => ({ account: projectId, database: null, schema: dataset, table }),
  secretGoesTo: ({ apiEndpoint }) => (apiEndpoint === null ? "Google Cloud" : new URL(apiEndpoint).href),
  writing,
  dialect,
};

export const bigquery = {
  ...declaration,
  ...connectionSchemas({ type: "bigquery", config: bigqueryConfigSchema, secret: bigquerySecretSchema, trial: {} }),
  settings: bigquerySettingsSchema,
};
