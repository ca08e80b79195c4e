import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from "@clickhouse/client";
import { getEnv } from "../env";
import { readWhole, requireFramed } from "./answer";
import { sourceFailure } from "./errors";
import { fixedSettings, MAX_HEADERS, readSettings, SILENCE } from "./settings";

export interface Source {
  plain: ClickHouseClient;
  gzip: ClickHouseClient;
  zstd: ClickHouseClient;
}

const holder = globalThis as typeof globalThis & {
  penstockSource?: Source | undefined;
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
    max_response_headers_size: MAX_HEADERS,
    use_multipart_params_auto: true,
    // Errors are thrown, and logged once where they are understood.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: fixedSettings,
  });
}

/** The source, with a client per codec: ClickHouse compresses the responses of `gzip` and `zstd`. */
export function getSource(): Source {
  holder.penstockSource ??= { plain: connect(null), gzip: connect("gzip"), zstd: connect("zstd") };
  return holder.penstockSource;
}

/** Closes the clients when the process ends. */
export async function closeSource(): Promise<void> {
  const source = holder.penstockSource;
  holder.penstockSource = undefined;
  await Promise.all(Object.values(source ?? {}).map((client: ClickHouseClient) => client.close()));
}

interface QueryOptions {
  params?: Record<string, unknown>;
  settings?: ClickHouseSettings;
  /** Ends the query on abort. */
  signal?: AbortSignal | undefined;
}

/** Queries the source for rows as JSON. Throws an `ExportError` that says what is wrong with the source. */
export async function queryRows<T>(
  source: Source,
  query: string,
  { params = {}, settings = {}, signal }: QueryOptions = {},
): Promise<T[]> {
  const queryId = randomUUID();
  let answer: Readable | undefined;
  const stop = () => {
    answer?.destroy(new Error("cancelled"));
    void endQuery(source, queryId);
  };
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const { stream, response_headers } = await source.plain.exec({
      query: `${query}\nFORMAT JSONEachRow`,
      query_params: params,
      query_id: queryId,
      clickhouse_settings: { ...readSettings(), output_format_json_quote_64bit_integers: 1, ...settings },
      ...(signal && { abort_signal: signal }),
    });
    answer = stream as Readable;
    requireFramed(response_headers);
    const text = (await readWhole(answer)).toString();
    return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as T]));
  } catch (error) {
    answer?.destroy();
    throw sourceFailure(error);
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

/** Ends a query whose client is gone, in case the server doesn't notice the disconnect, as behind some proxies. */
export async function endQuery(source: Source, queryId: string): Promise<void> {
  const query = "KILL QUERY WHERE query_id = {id:String} ASYNC";
  await source.plain.command({ query, query_params: { id: queryId } }).catch(() => {});
}

/** Checks that the source answers. Throws an `ExportError` if not. Leaves no request behind when `signal` aborts. */
export async function pingSource(source: Source, signal: AbortSignal): Promise<void> {
  const settings = { ...readSettings(), max_execution_time: 5 };
  try {
    const { stream } = await source.plain.exec({
      query: "SELECT 1",
      clickhouse_settings: settings,
      abort_signal: signal,
    });
    const answer = stream as Readable;
    signal.addEventListener("abort", () => answer.destroy(), { once: true });
    await readWhole(answer);
  } catch (error) {
    throw sourceFailure(error);
  }
}
