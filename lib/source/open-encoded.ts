import { randomUUID } from "node:crypto";
import { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { giveBack } from "../meter/give-back";
import { readWhole, requireFramed } from "./answer";
import { endQuery, type Source } from "./client";
import type { EncodedQuery } from "./encode";
import { sourceFailure } from "./errors";
import { readSettings } from "./settings";

/**
 * Starts a query and returns its response as raw bytes, compressed by ClickHouse if requested. Slow reads hold
 * ClickHouse back. When `signal` aborts, the stream breaks and the query ends. Throws an `ExportError`.
 */
export async function openEncoded(source: Source, query: EncodedQuery, signal?: AbortSignal): Promise<Readable> {
  const queryId = randomUUID();
  try {
    const { stream } = await source[query.codec === "none" ? "plain" : query.codec].exec({
      query: query.sql,
      query_params: query.params,
      query_id: queryId,
      clickhouse_settings: { ...readSettings(), ...query.settings },
      ...(signal && { abort_signal: signal }),
      decompress_response_stream: false,
    });
    const readable = stream as Readable;
    const stop = () => {
      readable.destroy(new Error("cancelled"));
      void endQuery(source, queryId);
    };
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
    readable.once("close", () => signal?.removeEventListener("abort", stop));
    if (readable instanceof IncomingMessage) watch(readable);
    return readable;
  } catch (error) {
    throw sourceFailure(error);
  }
}

/** The whole text of a short, uncompressed response. Throws an `ExportError`. */
export async function readEncoded(source: Source, query: EncodedQuery, signal?: AbortSignal): Promise<string> {
  const answer = await openEncoded(source, query, signal);
  try {
    return (await readWhole(answer)).toString();
  } catch (error) {
    throw sourceFailure(error);
  }
}

function watch(answer: IncomingMessage): void {
  try {
    requireFramed(answer.headers);
  } catch (error) {
    answer.destroy();
    throw error;
  }
  freeReads(answer);
}

/**
 * Frees what was read from the response's socket. Node's parser, whose listener runs first, has already copied the body
 * out (docs/decisions/0021).
 */
function freeReads(answer: IncomingMessage): void {
  const { socket } = answer;
  socket.on("data", giveBack);
  // Before the socket moves to its next response, whose parser would run second.
  for (const over of ["end", "close"]) answer.once(over, () => socket.off("data", giveBack));
}
