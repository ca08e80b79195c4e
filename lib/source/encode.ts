import { randomUUID } from "node:crypto";
import { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import type { FileBounds } from "../db/schema/runs";
import type { Encoding } from "../formats/encoding";
import { type Row, templateText } from "../formats/row";
import { ISO_TIMES } from "../formats/text";
import type { Codec, Frame } from "../formats/types";
import { TIME_TYPE } from "../models/window";
import { giveBack } from "../pump/give-back";
import { getSource } from "./client";
import { sourceFailure } from "./errors";
import { predicate, type Selection, type Sql, saltParam } from "./predicate";
import { quote } from "./quote";
import { clickhouseTime } from "./time";

/** A query whose answer is a file, with the settings that it needs and what lies around the answer. */
export interface EncodedQuery extends Sql {
  settings: Record<string, string | number>;
  codec: Codec;
}

/** What an export writes of a table: its rows, and how. */
export interface Written {
  selection: Selection;
  encoding: Encoding;
  /** The salt of hashed columns. */
  salt: string;
}

/** The common expressions in front of a query that uses them. */
export const withClause = ({ with: expressions }: Encoding) =>
  expressions.length === 0 ? "" : `WITH ${expressions.join(", ")} `;

/** Which rows a sample takes: about every n-th by its id's hash, of some stretches of time or of all. */
export interface Sample {
  everyNth: number;
  /** In µs since the epoch, half open. */
  times: readonly { fromUs: number; toUs: number }[];
}

/** The condition of a sample. Stretches of time are compared plainly, so that ClickHouse reads nothing else. */
export function sampled({ model }: Selection, { everyNth, times }: Sample): Sql {
  const each = times.map(
    (_, i) => `inserted_at >= {sample${i}:${TIME_TYPE}} AND inserted_at < {sampleEnd${i}:${TIME_TYPE}}`,
  );
  const params = times.flatMap(({ fromUs, toUs }, i) => [
    [`sample${i}`, clickhouseTime(fromUs)],
    [`sampleEnd${i}`, clickhouseTime(toUs)],
  ]);
  const inTimes = each.length > 0 ? ` AND (${each.join(" OR ")})` : "";
  return { sql: `${inTimes} AND cityHash64(${model.id}) % ${everyNth} = 0`, params: Object.fromEntries(params) };
}

/**
 * The query whose answer is a file, byte for byte: the rows in their total order, each written by the format's expression.
 * A part of them only: between bounds, a sample, or the first few. `between` parts the rows.
 */
export function encodeQuery(
  { selection, encoding, salt }: Written,
  part: { bounds?: FileBounds; sample?: Sample; limit?: number; between?: string } = {},
): EncodedQuery {
  const { model } = selection;
  const where = predicate(selection, part.bounds);
  const sample = part.sample ? sampled(selection, part.sample) : { sql: "", params: {} };
  const limit = part.limit ? ` LIMIT ${part.limit}` : "";
  const eventName = part.bounds?.event === undefined ? null : hexText(part.bounds.event);
  return {
    sql:
      `${withClause(encoding)}SELECT ${encoding.row.select} FROM ${model.from} WHERE ${where.sql}${sample.sql} ` +
      `ORDER BY inserted_at, ${model.id}${limit} FORMAT ${encoding.clickhouseFormat}` +
      layoutOf(encoding.row, encoding.frame(eventName), part.between),
    params: { ...where.params, ...sample.params, ...saltParam(salt) },
    // A column that goes out under another's name must not stand for it in the rest of the query.
    settings: { ...encoding.settings, prefer_column_name_to_alias: 1 },
    codec: encoding.codec,
  };
}

/**
 * The settings of ClickHouse's Template format. They stand in the query's text, because they may be longer than what proxies
 * take in an address.
 */
function layoutOf({ template }: Row, { before, after }: Frame, between = ""): string {
  if (template === null) return "";
  const settings = {
    ...ISO_TIMES,
    output_format_json_quote_64bit_integers: "0",
    output_format_json_quote_denormals: "0",
    format_template_row_format: template,
    format_template_rows_between_delimiter: between,
    format_template_resultset_format: `${templateText(before)}\${data}${templateText(after)}`,
  };
  return ` SETTINGS ${Object.entries(settings)
    .map(([name, value]) => `${name} = ${quote(value)}`)
    .join(", ")}`;
}

/** The name that bounds hold in hexadecimal. */
export const hexText = (hex: string) => Buffer.from(hex, "hex").toString();

/**
 * Starts a query and gives its answer as raw bytes, compressed by ClickHouse where wanted. Reading slowly holds ClickHouse
 * back. When `signal` aborts, the stream breaks and the query is ended. Throws an `ExportError`.
 */
export async function openEncoded(query: EncodedQuery, signal?: AbortSignal): Promise<Readable> {
  const queryId = randomUUID();
  try {
    const { stream } = await getSource()[query.codec === "none" ? "plain" : query.codec].exec({
      query: query.sql,
      query_params: query.params,
      query_id: queryId,
      clickhouse_settings: query.settings,
      abort_signal: signal,
      decompress_response_stream: false,
    });
    const readable = stream as Readable;
    const stop = () => {
      readable.destroy(new Error("cancelled"));
      void endQuery(queryId);
    };
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
    readable.once("close", () => signal?.removeEventListener("abort", stop));
    if (readable instanceof IncomingMessage) freeReads(readable);
    return readable;
  } catch (error) {
    throw sourceFailure(error);
  }
}

/**
 * Gives back what was read from the answer's socket. Node's parser, whose listener comes before this one, has copied the body out
 * of it (docs/decisions/0021).
 */
function freeReads(answer: IncomingMessage): void {
  const { socket } = answer;
  socket.on("data", giveBack);
  // Before the socket goes to its next answer, whose parser would come second.
  for (const over of ["end", "close"]) answer.once(over, () => socket.off("data", giveBack));
}

/** A server that does not notice a hang-up is told; one that did has nothing left to end. */
async function endQuery(queryId: string): Promise<void> {
  const query = "KILL QUERY WHERE query_id = {id:String} ASYNC";
  await getSource()
    .plain.command({ query, query_params: { id: queryId } })
    .catch(() => {});
}
