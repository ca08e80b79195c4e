import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from "@clickhouse/client";
import { getEnv } from "../env";
import { sourceFailure } from "./errors";

/** How long the source may be silent, in ms: a destination that stands still holds the stream back for as long. */
const SILENCE = 15 * 60_000;

/** Makes the same query give the same bytes wherever it runs, and ends it when nobody listens any more. */
const stableSettings: ClickHouseSettings = {
  output_format_json_escape_forward_slashes: 0,
  http_zlib_compression_level: "3",
  output_format_compression_level: "3",
  optimize_read_in_order: 1,
  session_timezone: "UTC",
  max_execution_time: 0,
  send_timeout: SILENCE / 1000,
  // Penstock only reads. ClickHouse ends a query whose client is gone only where it is read-only; a user who may not see
  // `system.processes` has no other way to end one. Users whose profile has readonly = 2 may send the same value.
  readonly: "2",
  cancel_http_readonly_queries_on_client_close: 1,
};

interface Source {
  plain: ClickHouseClient;
  gzip: ClickHouseClient;
  zstd: ClickHouseClient;
}

const holder = globalThis as typeof globalThis & {
  penstockSource?: Source;
};

function connect(codec: "gzip" | "zstd" | null): ClickHouseClient {
  const env = getEnv();
  return createClient({
    ...(env.CLICKHOUSE_CA_CERT && { tls: { ca_cert: env.CLICKHOUSE_CA_CERT } }),
    url: env.CLICKHOUSE_URL,
    username: env.CLICKHOUSE_USERNAME,
    password: env.CLICKHOUSE_PASSWORD,
    database: env.CLICKHOUSE_DATABASE,
    application: "penstock",
    compression: { response: codec === null ? false : { codec } },
    request_timeout: SILENCE,
    max_open_connections: 32,
    use_multipart_params_auto: true,
    // What goes wrong is thrown, and logged once where it is understood.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: stableSettings,
  });
}

/** The source, over a client for each codec: what `gzip` and `zstd` answer is compressed by ClickHouse. */
export function getSource(): Source {
  holder.penstockSource ??= { plain: connect(null), gzip: connect("gzip"), zstd: connect("zstd") };
  return holder.penstockSource;
}

/** Closes the clients at the end of a process. */
export async function closeSource(): Promise<void> {
  const source = holder.penstockSource;
  holder.penstockSource = undefined;
  await Promise.all(Object.values(source ?? {}).map((client: ClickHouseClient) => client.close()));
}

/** Asks the source for rows as JSON. Throws an `ExportError` that says what is wrong with the source. */
export async function queryRows<T>(
  query: string,
  params: Record<string, unknown>,
  settings: ClickHouseSettings = {},
  signal?: AbortSignal,
): Promise<T[]> {
  try {
    const result = await getSource().plain.query({
      query,
      query_params: params,
      format: "JSONEachRow",
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1, ...settings },
      abort_signal: signal,
    });
    return await result.json<T>();
  } catch (error) {
    throw sourceFailure(error);
  }
}

/** Whether the source answers at all. Throws an `ExportError` when it does not. */
export async function pingSource(): Promise<void> {
  await queryRows("SELECT 1", {}, { max_execution_time: 5 });
}
