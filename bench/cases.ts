import type { S3Destination } from "@/lib/schemas/destination";

/** One thing measured: Penstock's whole run of a window against ClickHouse's own export of the same rows. */
export interface Case {
  name: string;
  destination: Pick<S3Destination, "compression" | "maxFileSizeMb" | "prefix">;
  /** The key that ClickHouse writes; its extension chooses the compression. */
  clickhouseKey: string;
  /** The ratio aimed at: Penstock's seconds to ClickHouse's. */
  aim: number;
}

// Files of these sizes give each window a few of them, so that they go side by side; ClickHouse writes one.
export const cases: readonly Case[] = [
  {
    name: "jsonl",
    destination: { prefix: "bench/plain/", compression: "none", maxFileSizeMb: 256 },
    clickhouseKey: "bench/clickhouse.jsonl",
    aim: 1,
  },
  {
    name: "jsonl.gz",
    destination: { prefix: "bench/gzip/", compression: "gzip", maxFileSizeMb: 64 },
    clickhouseKey: "bench/clickhouse.jsonl.gz",
    aim: 1,
  },
];
