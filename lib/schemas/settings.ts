import { z } from "zod";
import { bigquerySettingsSchema } from "../destinations/bigquery/schema";
import { postgresSettingsSchema } from "../destinations/postgres/schema";
import { snowflakeSettingsSchema } from "../destinations/snowflake/schema";
import { s3DestinationSchema } from "./destination";

/** How an export writes, by the kind of its destination; where that is and who writes is the connection's. */
export const settingsSchema = z.discriminatedUnion("type", [
  s3DestinationSchema,
  snowflakeSettingsSchema,
  bigquerySettingsSchema,
  postgresSettingsSchema,
]);

export type Settings = z.infer<typeof settingsSchema>;
