import { createClient } from "@clickhouse/client";
import type { Stack } from "../stack";

/** A client of the stack's source; the caller closes it. */
export function sourceClient({ stack }: Pick<Stack, "stack">) {
  const { url, username, password, database } = stack.clickhouse;
  return createClient({ url, username, password, database, request_timeout: 300_000 });
}
