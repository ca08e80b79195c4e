import { MIB } from "../../units";
import { POSTGRES_JSON } from "../warehouse/json-limits";
import { warehouseWriting } from "../warehouse/writing";
import { copyRows } from "./copy-format";
import type { PostgresSettings } from "./schema";

/** Rows for a binary COPY. PostgreSQL's text can't hold NUL. */
export const postgres = warehouseWriting<PostgresSettings>({
  format: copyRows,
  formatName: "copy",
  compression: "none",
  maxFileBytes: 256 * MIB,
  replacesNul: true,
  json: () => POSTGRES_JSON,
});
