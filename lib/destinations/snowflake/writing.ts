import { parquet } from "@/lib/rows/formats/parquet";
import { MIB } from "../../units";
import { SNOWFLAKE_JSON } from "../warehouse/json-limits";
import { warehouseWriting } from "../warehouse/writing";
import type { SnowflakeSettings } from "./schema";

/** Parquet of the size that Snowflake's documentation recommends for loading: 100 to 250 MB. */
export const snowflake = warehouseWriting<SnowflakeSettings>({
  format: parquet,
  formatName: "parquet",
  compression: "snappy",
  maxFileBytes: 200 * MIB,
  replacesNul: false,
  json: () => SNOWFLAKE_JSON,
});
