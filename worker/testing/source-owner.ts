import type { ClickHouseClient } from "@clickhouse/client";
import { getEnv } from "@/lib/env";
import { sourceClient } from "@/local/run/source-client";

let client: ClickHouseClient | undefined;

/** Who fills the source for a test and looks into it: Penstock's own user may only read three tables. */
export function sourceOwner(): ClickHouseClient {
  const { CLICKHOUSE_URL: url, CLICKHOUSE_DATABASE: database } = getEnv();
  const { PENSTOCK_SOURCE_OWNER: username = "", PENSTOCK_SOURCE_OWNER_PASSWORD: password = "" } = process.env;
  client ??= sourceClient({ url, database, username, password });
  return client;
}

/** Closes its connections at the end of a test file. */
export async function closeSourceOwner(): Promise<void> {
  await client?.close();
  client = undefined;
}
