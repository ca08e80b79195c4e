import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Answer, contentType } from "./answer";
import type { Engine } from "./engine";
import { EngineError } from "./errors";
import type { Exchange } from "./exchange";
import { quote } from "./quote";
import type { QueryRequest } from "./request";
import { type InsertRows, type Plain, parseStatement, type Select, UNSTREAMABLE } from "./statement";

export type Runtime = { engine: Engine; exchange: Exchange; timezone: string };

/** One query on its way: where it came from, where its answer goes, and when to give up. */
type Job = Runtime & { query: QueryRequest; response: ServerResponse; signal: AbortSignal };

/** Settings of a streamed SELECT: blocks leave as they are made, in one stream, in the query's order. */
const STREAM_SETTINGS = {
  min_insert_block_size_rows: "8192",
  min_insert_block_size_bytes: "1048576",
  max_insert_threads: "1",
};

/**
 * Runs a query and answers it. Throws EngineError; when the response has begun by then, its connection must be broken.
 */
export async function runQuery(job: Job): Promise<void> {
  const statement = parseStatement(job.query.text.toString("utf8"));
  if (statement.kind === "select") {
    const buffered = Object.keys(job.query.context.settings).some((name) => UNSTREAMABLE.has(name));
    if (!buffered) return streamSelect(job, statement);
    return runPlain(job, { ...statement, kind: "plain", reads: true });
  }
  if (statement.kind === "insert-rows") return insertRows(job, statement);
  return runPlain(job, statement);
}

/**
 * The engine writes the rows to a path of the exchange, in the format and coding wanted, and they are passed on. This
 * is the one way that streams every format: Parquet and the like need one writer from the first byte to the last.
 */
async function streamSelect(job: Job, select: Select): Promise<void> {
  const { engine, exchange, query, signal } = job;
  const format = select.format ?? query.defaultFormat;
  const answer = newAnswer(job, format);
  const sink = exchange.offer((incoming, reply) => {
    // A failure here also fails the engine's query, which is where it is reported.
    answer.pass(incoming, signal).then(
      () => reply.end(),
      () => incoming.destroy(),
    );
  });
  const target = `url(${quote(sink.url)}, ${quote(format)}, 'auto', '${query.codec ?? "none"}')`;
  const settings = { ...STREAM_SETTINGS, ...compressionLevel(query.context.settings), ...query.context.settings };
  const prefix = `INSERT INTO FUNCTION ${target} `;
  try {
    const { elapsed } = await engine.write(prefix + select.sql, { ...query.context, settings });
    if (answer.received) return answer.finish({ elapsed });
  } catch (error) {
    // Columns of the same name can be read but not written.
    if (!(error instanceof EngineError && error.exceptionName === "ILLEGAL_COLUMN") || answer.received) {
      throw EngineError.shifted(error, prefix.length);
    }
    return runPlain(job, { kind: "plain", sql: select.sql, reads: true, format });
  } finally {
    sink.close();
  }
  // Without a row the engine sends nothing, not even a header or an empty file's frame.
  return runPlain(job, { kind: "plain", sql: `SELECT * FROM (${select.sql}\n) LIMIT 0`, reads: true, format });
}

/** The engine fetches the rows from a path of the exchange, as they come in. */
async function insertRows(job: Job, insert: InsertRows): Promise<void> {
  const { engine, exchange, query } = job;
  const statement = query.text.toString("utf8").slice(0, insert.dataStart);
  const inline = query.text.subarray(Buffer.byteLength(statement));
  const body = query.body;
  const source = exchange.offer((_request, reply) => {
    // When the client hangs up the engine sees its source break, and fails the INSERT.
    pipeline(body ?? Readable.from([inline]), reply).catch(() => undefined);
  });
  const from = `url(${quote(source.url)}, ${quote(insert.format)}, 'auto', '${(body && query.bodyCodec) ?? "none"}')`;
  try {
    const { elapsed, rowsWritten } = await engine.write(`${insert.head} SELECT * FROM ${from}`, query.context);
    await newAnswer(job).send(Buffer.from(""), "text/plain; charset=UTF-8", { elapsed, written_rows: rowsWritten });
  } finally {
    source.close();
  }
}

async function runPlain(job: Job, statement: Plain): Promise<void> {
  const { engine, query } = job;
  const format = statement.format ?? query.defaultFormat;
  if (!statement.reads) {
    const { elapsed, rowsWritten } = await engine.write(statement.sql, query.context);
    return newAnswer(job).send(Buffer.from(""), "text/plain; charset=UTF-8", { elapsed, written_rows: rowsWritten });
  }
  const { bytes, elapsed, rowsRead, bytesRead } = await engine.read(statement.sql, format, query.context);
  await newAnswer(job, format).send(bytes, contentType(format), {
    elapsed,
    read_rows: rowsRead,
    read_bytes: bytesRead,
  });
}

function newAnswer({ response, query, timezone }: Job, format?: string): Answer {
  const headers = { "X-ClickHouse-Query-Id": query.queryId, "X-ClickHouse-Timezone": timezone };
  return new Answer(response, format ? { ...headers, "X-ClickHouse-Format": format } : headers, query.codec);
}

/** The server's own name for the level of a response's compression, in the sink's terms. */
function compressionLevel(settings: Record<string, string>): Record<string, string> {
  const level = settings.http_zlib_compression_level;
  return level ? { output_format_compression_level: level } : {};
}
