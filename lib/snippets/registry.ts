import { athena } from "./tools/athena";
import { awsCli } from "./tools/aws-cli";
import { bigquery } from "./tools/bigquery";
import { clickhouse } from "./tools/clickhouse";
import { duckdb } from "./tools/duckdb";
import { pyarrow } from "./tools/pyarrow";
import { snowflake } from "./tools/snowflake";
import { spark } from "./tools/spark";
import type { FilesTool } from "./types";

/** Tools that read files, by name, in the order in which they are offered. */
export const filesTools = {
  duckdb,
  clickhouse,
  athena,
  snowflake,
  bigquery,
  spark,
  pyarrow,
  aws: awsCli,
} satisfies Record<string, FilesTool>;
