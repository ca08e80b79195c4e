import type { S3DestinationInput } from "@/lib/destinations/s3/settings";

interface Measured {
  name: string;
  /**
   * Target ratios of Penstock to the other method: wall seconds, and CPU seconds of all that reads, encodes, and sends.
   */
  aims: { seconds: number; processor?: number };
}

/** Penstock's full run of a window against ClickHouse's own export of the same rows into the same bucket. */
export interface S3Case extends Measured {
  type: "s3";
  destination: Partial<S3DestinationInput>;
  /** The format and key that ClickHouse writes; the key's extension selects the compression. */
  clickhouse: { format: string; key: string; partitionBy?: string };
}

/**
 * Penstock's run against ClickHouse's result copied into a table: with `psql \copy` if available, otherwise with COPY.
 */
export interface PostgresCase extends Measured {
  type: "postgres";
}

export type Case = S3Case | PostgresCase;

// These sizes split each window into a few files, which run in parallel; ClickHouse writes one.
export const cases: readonly Case[] = [
  {
    type: "s3",
    name: "jsonl",
    destination: { compression: "none", maxFileSizeMb: 256 },
    clickhouse: { format: "JSONEachRow", key: "plain.jsonl" },
    aims: { seconds: 1, processor: 1.1 },
  },
  {
    type: "s3",
    name: "jsonl.gz",
    destination: { compression: "gzip", maxFileSizeMb: 64 },
    clickhouse: { format: "JSONEachRow", key: "gzip.jsonl.gz" },
    aims: { seconds: 1, processor: 1.25 },
  },
  {
    type: "s3",
    name: "jsonl.zst",
    destination: { compression: "zstd", maxFileSizeMb: 64 },
    clickhouse: { format: "JSONEachRow", key: "zstd.jsonl.zst" },
    aims: { seconds: 1, processor: 1.2 },
  },
  {
    type: "s3",
    name: "csv.gz",
    destination: { format: "csv", compression: "gzip", maxFileSizeMb: 64 },
    clickhouse: { format: "CSVWithNames", key: "gzip.csv.gz" },
    aims: { seconds: 1, processor: 1.3 },
  },
  {
    type: "s3",
    name: "Parquet, zstd",
    destination: { format: "parquet", compression: "zstd", maxFileSizeMb: 64 },
    clickhouse: { format: "Parquet", key: "zstd.parquet" },
    aims: { seconds: 1, processor: 1.2 },
  },
  {
    type: "s3",
    // Not by hour as well: ClickHouse buffers each partition, and runs out of memory with 24 times as many.
    name: "json.gz by event",
    destination: { layout: "clevertap", maxFileSizeMb: 64 },
    clickhouse: { format: "JSONEachRow", key: "{_partition_id}.jsonl.gz", partitionBy: "event" },
    aims: { seconds: 1 },
  },
  { type: "postgres", name: "PostgreSQL", aims: { seconds: 1.1 } },
];
