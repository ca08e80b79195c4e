import { readFileSync } from "node:fs";
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from "@clickhouse/client";
import type { ClickHouseAddress } from "../parts/clickhouse";

/** A source client with permission to fill it; the caller closes it. */
export function sourceClient({ url, username, password, database }: ClickHouseAddress): ClickHouseClient {
  const { CLICKHOUSE_CA_CERT: caFile } = process.env;
  return createClient({
    url,
    username,
    password,
    database,
    ...(caFile && { tls: { ca_cert: readFileSync(caFile) } }),
    request_timeout: 300_000,
    // Its errors are thrown, and each caller reports them in its own words.
    log: { level: ClickHouseLogLevel.OFF },
  });
}
