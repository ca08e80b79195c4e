import type { Dialect } from "../warehouse/dialect";
import { exactly, quote } from "./names";
import { namingOf } from "./naming";
import type { SnowflakeConfig, SnowflakeSettings } from "./schema";
import { literal } from "./sql";

export const dialect: Dialect<SnowflakeConfig, SnowflakeSettings> = {
  table: ({ database, schema }, settings, bare) =>
    `${quote(database)}.${quote(schema)}.${exactly(namingOf(settings).table(bare))}`,
  column: (name, settings) => namingOf(settings).quote(name),
  text: literal,
  // Times are in UTC, without a zone.
  time: (iso) => `${literal(iso.replace("Z", ""))}::TIMESTAMP_NTZ`,
};
