import { csv } from "../../formats/csv";
import { warehouseWriting } from "../../warehouse/writing";
import type { PostgresSettings } from "./schema";

/** CSV for COPY: NULL is nothing between two commas there too. PostgreSQL has no NUL in text. */
export const postgres = warehouseWriting<PostgresSettings>({
  format: csv,
  formatName: "csv",
  compression: "none",
  maxFileBytes: 256 * 1024 * 1024,
  replacesNul: true,
});
