import { POSTGRES_JSON } from "../warehouse/json-limits";
import { warehouseWriting } from "../warehouse/writing";
import { copyRows } from "./copy-format";
import type { PostgresSettings } from "./schema";

/** Rows for a binary COPY. PostgreSQL has no NUL in text. */
export const postgres = warehouseWriting<PostgresSettings>({
  format: copyRows,
  formatName: "copy",
  compression: "none",
  maxFileBytes: 256 * 1024 * 1024,
  replacesNul: true,
  json: () => POSTGRES_JSON,
});
