import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { type Codec, decompressor, requestCodec, responseCodec } from "./codec";
import type { StatementContext } from "./engine";
import { EngineError } from "./errors";

/** A query as the client sent it. */
export type QueryRequest = {
  queryId: string;
  context: StatementContext;
  defaultFormat: string;
  /** The coding the response must have. */
  codec?: Codec;
  /** The statement, and with it rows when it is an INSERT that carries them inline. */
  text: Buffer;
  /** The rows of an INSERT whose statement came as the `query` parameter, still in `bodyCodec`. */
  body?: IncomingMessage;
  bodyCodec?: Codec;
};

/** URL parameters of the HTTP interface that are neither settings nor bound parameters. */
const RESERVED = new Set(
  (
    "query query_id database default_format user password quota_key session_id session_timeout session_check role " +
    "close_session stacktrace buffer_size wait_end_of_query client_protocol_version"
  ).split(" "),
);

/**
 * Reads a query from its URL and, where the statement is in the body, from the body.
 * @throws EngineError for what the front does not speak.
 */
export async function readQuery(request: IncomingMessage, url: URL): Promise<QueryRequest> {
  const fields = new URLSearchParams(url.searchParams);
  let text = Buffer.from("");
  let body: IncomingMessage | undefined;
  const bodyCodec = requestCodec(request.headers);
  if (request.headers["content-type"]?.startsWith("multipart/form-data")) await readForm(request, fields);
  else if (fields.has("query")) body = request;
  else text = await buffer(bodyCodec ? request.pipe(decompressor(bodyCodec)) : request);

  if (fields.get("compress") === "1" || fields.get("decompress") === "1") {
    throw new EngineError(48, "NOT_IMPLEMENTED", "The native compression of HTTP bodies is not supported");
  }
  const queryId = fields.get("query_id") || randomUUID();
  const settings = pick(fields, (name) => (RESERVED.has(name) || name.startsWith("param_") ? undefined : name));
  delete settings.compress;
  delete settings.decompress;
  const database = fields.get("database") ?? request.headers["x-clickhouse-database"]?.toString();
  return {
    queryId,
    context: {
      tag: `front:${randomUUID()}`,
      database: database || undefined,
      settings,
      params: pick(fields, (name) => (name.startsWith("param_") ? name.slice("param_".length) : undefined)),
    },
    defaultFormat: fields.get("default_format") ?? request.headers["x-clickhouse-format"]?.toString() ?? "TabSeparated",
    codec: ["1", "true"].includes(settings.enable_http_compression ?? "") ? responseCodec(request.headers) : undefined,
    text: fields.has("query") ? Buffer.from(fields.get("query")!) : text,
    body,
    bodyCodec,
  };
}

async function readForm(request: IncomingMessage, fields: URLSearchParams): Promise<void> {
  const headers = { "Content-Type": request.headers["content-type"]! };
  const form = await new Response(new Uint8Array(await buffer(request)), { headers }).formData();
  for (const [name, value] of form) if (typeof value === "string") fields.set(name, value);
}

function pick(fields: URLSearchParams, rename: (name: string) => string | undefined): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const [name, value] of fields) {
    const key = rename(name);
    if (key !== undefined) picked[key] = value;
  }
  return picked;
}
