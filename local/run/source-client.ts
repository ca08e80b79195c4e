import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import type { Stack } from "../stack";

/** A client of the stack's source; the caller closes it. */
export function sourceClient({ stack }: Pick<Stack, "stack">) {
  const { url, username, password, database } = stack.clickhouse;
  // Sample data takes its time on a busy machine; the client would warn of a proxy that is not there.
  const log = { level: ClickHouseLogLevel.ERROR };
  return createClient({ url, username, password, database, request_timeout: 300_000, log });
}
