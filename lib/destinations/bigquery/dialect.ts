import type { Dialect } from "../warehouse/dialect";
import type { BigqueryConfig, BigquerySettings } from "./schema";
import { quote } from "./sql";

/** BigQuery's strings take all escapes of JSON's. */
const literal = (text: string): string => JSON.stringify(text);

export const dialect: Dialect<BigqueryConfig, BigquerySettings> = {
  table: ({ projectId, dataset }, _, bare) => [projectId, dataset, bare].map(quote).join("."),
  column: quote,
  text: literal,
  time: (iso) => `TIMESTAMP ${literal(iso)}`,
};
