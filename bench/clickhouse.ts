import type { ClickHouseClient } from "@clickhouse/client";
import type { Stack } from "../local/stack";
import type { S3Case } from "./cases";
import { day } from "./rows";

const COLUMNS =
  "uuid, event, distinct_id, person_id, timestamp, created_at, inserted_at, properties, person_properties, elements_chain, ip";

/** ClickHouse's own export of the day: one statement, no plan, no order, no receipt. Returns the seconds it took. */
export async function clickhouseExport(
  client: ClickHouseClient,
  { s3 }: Stack["stack"],
  args: { sourceProjectId: number } & Pick<S3Case, "clickhouse">,
): Promise<number> {
  const { format, key, partitionBy } = args.clickhouse;
  // Partition names go into the key unchanged.
  const partition = partitionBy ? ` PARTITION BY lower(hex(sipHash64(${partitionBy})))` : "";
  const started = performance.now();
  await client.command({
    query:
      `INSERT INTO FUNCTION s3({url:String}, {id:String}, {secret:String}, '${format}')${partition} SELECT ${COLUMNS} FROM events ` +
      "WHERE project_id = {project:UInt32} AND inserted_at >= {start:DateTime64(3, 'UTC')} AND inserted_at < {end:DateTime64(3, 'UTC')}",
    query_params: {
      url: `${s3.endpoint}/${s3.bucket}/bench/clickhouse/${key}`,
      id: s3.accessKeyId,
      secret: s3.secretAccessKey,
      project: args.sourceProjectId,
      start: day.start,
      end: day.end,
    },
    clickhouse_settings: { s3_truncate_on_insert: 1, output_format_parquet_compression_method: "zstd" },
  });
  return (performance.now() - started) / 1000;
}
