import type { Dialect } from "../warehouse/dialect";
import type { PostgresConfig, PostgresSettings } from "./schema";
import { literal, quote } from "./sql";

export const dialect: Dialect<PostgresConfig, PostgresSettings> = {
  table: ({ schema }, _, bare) => `${quote(schema)}.${quote(bare)}`,
  column: quote,
  text: literal,
  time: (iso) => `TIMESTAMPTZ ${literal(iso)}`,
};
