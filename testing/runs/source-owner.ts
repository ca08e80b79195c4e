import type { ClickHouseClient } from "@clickhouse/client";
import { getEnv } from "@/lib/env";
import { sourceClient } from "@/local/run/source-client";

let client: ClickHouseClient | undefined;

/** A client with every right in one database of the source; the caller closes it. */
export function ownerOfDatabase(database: string): ClickHouseClient {
  const { PENSTOCK_SOURCE_OWNER: username = "", PENSTOCK_SOURCE_OWNER_PASSWORD: password = "" } = process.env;
  return sourceClient({ url: getEnv().CLICKHOUSE_URL, database, username, password });
}

/** Fills the source for tests and inspects it: Penstock's own user may only read three tables. */
export function sourceOwner(): ClickHouseClient {
  client ??= ownerOfDatabase(getEnv().CLICKHOUSE_DATABASE);
  return client;
}

/** Call at the end of a test file. */
export async function closeSourceOwner(): Promise<void> {
  await client?.close();
  client = undefined;
}
