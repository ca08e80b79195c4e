import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import type { FileBounds } from "../db/schema/runs";
import type { Compression, Format } from "../formats/types";
import { getSource } from "./client";
import { sourceFailure } from "./errors";
import { predicate, type Selection, type Sql } from "./predicate";

/**
 * The query whose answer is a file, byte for byte: the rows in their total order, each written by the format's expression.
 * A part of them only: between bounds, about every n-th by its uuid's hash, or the first few.
 */
export function encodeQuery(
  selection: Selection,
  format: Format,
  part: { bounds?: FileBounds; everyNth?: number; limit?: number } = {},
): Sql {
  const { model } = selection;
  const where = predicate(selection, part.bounds);
  const sampled = part.everyNth ? ` AND cityHash64(uuid) % ${part.everyNth} = 0` : "";
  const limit = part.limit ? ` LIMIT ${part.limit}` : "";
  return {
    sql:
      `SELECT ${format.rowExpression(model.columns)} FROM ${model.table} WHERE ${where.sql}${sampled} ` +
      `ORDER BY inserted_at, uuid${limit} FORMAT ${format.clickhouseFormat}`,
    params: where.params,
  };
}

/**
 * Starts a query and gives its answer as raw bytes, compressed by ClickHouse where wanted. Reading slowly holds ClickHouse
 * back. When `signal` aborts, the stream breaks and the query is ended. Throws an `ExportError`.
 */
export async function openEncoded(query: Sql, compression: Compression, signal?: AbortSignal): Promise<Readable> {
  const queryId = randomUUID();
  try {
    const { stream } = await getSource()[compression === "gzip" ? "gzip" : "plain"].exec({
      query: query.sql,
      query_params: query.params,
      query_id: queryId,
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
    return readable;
  } catch (error) {
    throw sourceFailure(error);
  }
}

/** A server that does not notice a hang-up is told; one that did has nothing left to end. */
async function endQuery(queryId: string): Promise<void> {
  const query = "KILL QUERY WHERE query_id = {id:String} ASYNC";
  await getSource()
    .plain.command({ query, query_params: { id: queryId } })
    .catch(() => {});
}
