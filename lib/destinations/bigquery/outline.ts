import type { TablesOutline } from "../declaration";
import { bigqueryForm } from "./form";
import type { BigqueryConfig, BigquerySecret, BigquerySettings } from "./schema";

/** See `Outline`. */
export const bigqueryOutline: TablesOutline<BigqueryConfig, BigquerySecret, BigquerySettings> = {
  kind: "tables",
  setup: "script",
  form: bigqueryForm,
  place: ({ projectId, dataset }) => `${projectId}.${dataset}`,
  address: ({ projectId, dataset }) => `bigquery://${projectId}/${dataset}`,
  location: ({ projectId, dataset }, { table }) => ({ account: projectId, database: null, schema: dataset, table }),
  secretGoesTo: ({ apiEndpoint }) => (apiEndpoint === null ? "Google Cloud" : new URL(apiEndpoint).href),
  secrets: ["serviceAccountKey"],
};
