import { getEnv } from "@/lib/env";
import { closeSource } from "@/lib/source/client";
import { OWNER, READER_PASSWORD } from "./users";

/** Where the product finds its source, and its username there. */
export interface SourceAt {
  url: string;
  username?: string;
  database?: string;
}

/** Points the product's client at a source, until the next call or the end of the test file. */
export async function pointSource({ url, username = "reader", database = "default" }: SourceAt): Promise<void> {
  await closeSource();
  const password = username === OWNER.username ? OWNER.password : READER_PASSWORD;
  Object.assign(getEnv(), {
    CLICKHOUSE_URL: url,
    CLICKHOUSE_USERNAME: username,
    CLICKHOUSE_PASSWORD: password,
    CLICKHOUSE_DATABASE: database,
  });
}
