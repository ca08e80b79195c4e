import { optionalParquet } from "@/lib/rows/formats/parquet";
import { MIB } from "../../units";
import { BIGQUERY_JSON } from "../warehouse/json-limits";
import { warehouseWriting } from "../warehouse/writing";
import type { BigquerySettings } from "./schema";

/** A load's schema says NULLABLE, and BigQuery refuses files whose columns are REQUIRED instead. */
export const bigquery = warehouseWriting<BigquerySettings>({
  format: optionalParquet,
  formatName: "parquet",
  compression: "zstd",
  maxFileBytes: 256 * MIB,
  replacesNul: false,
  json: ({ jsonType }) => (jsonType === "JSON" ? BIGQUERY_JSON : undefined),
});
