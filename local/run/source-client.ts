import { readFileSync } from "node:fs";
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from "@clickhouse/client";
import type { ClickHouseAddress } from "../parts/clickhouse";

/** A client of the source with the rights to fill it; the caller closes it. */
export function sourceClient({ url, username, password, database }: ClickHouseAddress): ClickHouseClient {
  const { CLICKHOUSE_CA_CERT: caFile } = process.env;
  return createClient({
    url,
    username,
    password,
    database,
    ...(caFile && { tls: { ca_cert: readFileSync(caFile) } }),
    request_timeout: 300_000,
    // Sample data takes its time on a busy machine; the client would warn of a proxy that is not there.
    log: { level: ClickHouseLogLevel.ERROR },
  });
}
