import type { S3DestinationInput } from "@/lib/destinations/s3/settings";

interface Measured {
  name: string;
  /** The ratio aimed at: Penstock's seconds to the other way's. */
  aim: number;
}

/** Penstock's whole run of a window against ClickHouse's own export of the same rows into the same bucket. */
export interface S3Case extends Measured {
  type: "s3";
  destination: Partial<S3DestinationInput>;
  /** What ClickHouse writes: in which format, under which key, whose extension chooses the compression. */
  clickhouse: { format: string; key: string; partitionBy?: string };
}

/** The same against ClickHouse's answer copied into a table: by `psql \\copy` where there is one, else by a plain COPY. */
export interface PostgresCase extends Measured {
  type: "postgres";
}

export type Case = S3Case | PostgresCase;

// Files of these sizes give each window a few of them, so that they go side by side; ClickHouse writes one.
export const cases: readonly Case[] = [
  {
    type: "s3",
    name: "jsonl",
    destination: { compression: "none", maxFileSizeMb: 256 },
    clickhouse: { format: "JSONEachRow", key: "plain.jsonl" },
    aim: 0.6,
  },
  {
    type: "s3",
    name: "jsonl.gz",
    destination: { compression: "gzip", maxFileSizeMb: 64 },
    clickhouse: { format: "JSONEachRow", key: "gzip.jsonl.gz" },
    aim: 0.8,
  },
  {
    type: "s3",
    name: "jsonl.zst",
    destination: { compression: "zstd", maxFileSizeMb: 64 },
    clickhouse: { format: "JSONEachRow", key: "zstd.jsonl.zst" },
    aim: 1,
  },
  {
    type: "s3",
    name: "csv.gz",
    destination: { format: "csv", compression: "gzip", maxFileSizeMb: 64 },
    clickhouse: { format: "CSVWithNames", key: "gzip.csv.gz" },
    aim: 1,
  },
  {
    type: "s3",
    name: "Parquet, zstd",
    destination: { format: "parquet", compression: "zstd", maxFileSizeMb: 64 },
    clickhouse: { format: "Parquet", key: "zstd.parquet" },
    aim: 1,
  },
  {
    type: "s3",
    // Not by hour too: ClickHouse holds a buffer for each partition, and runs out of memory with 24 times as many.
    name: "json.gz by event",
    destination: { layout: "clevertap", maxFileSizeMb: 64 },
    clickhouse: { format: "JSONEachRow", key: "{_partition_id}.jsonl.gz", partitionBy: "event" },
    aim: 1,
  },
  { type: "postgres", name: "PostgreSQL", aim: 1.1 },
];
