import type { z } from "zod";
import { s3ConfigSchema, s3SecretSchema } from "../schemas/connection";
import { bigqueryConfigSchema, bigquerySecretSchema } from "./bigquery/schema";
import type { DestinationType } from "./catalog";
import { postgresConfigSchema, postgresSecretSchema } from "./postgres/schema";
import { snowflakeConfigSchema, snowflakeSecretSchema } from "./snowflake/schema";

/** Which part of a connection's settings may be read back, and which is its secret. */
export const CONNECTION_PARTS = {
  s3: { config: s3ConfigSchema, secret: s3SecretSchema },
  snowflake: { config: snowflakeConfigSchema, secret: snowflakeSecretSchema },
  bigquery: { config: bigqueryConfigSchema, secret: bigquerySecretSchema },
  postgres: { config: postgresConfigSchema, secret: postgresSecretSchema },
};

export type ConnectionSecret = z.infer<(typeof CONNECTION_PARTS)[DestinationType]["secret"]>;
