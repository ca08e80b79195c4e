import { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { EXCEPTION_TAG_HEADER_NAME, extractErrorAtTheEndOfChunk, parseError } from "@clickhouse/client";
import { ExportError } from "../errors";
import { TAIL } from "../meter/tail";

type Headers = Record<string, string | string[] | undefined>;

/** How ClickHouse before 25.11 ends an answer that fails midway. Only the words distinguish it from a row. */
const UNTAGGED = /(?:^|\n)Code: \d+\. DB::Exception: [\s\S]*\(version [\d.]+[^\n]*\)\n?$/;

/** The headers of an answer that is streamed. */
export const headersOf = (answer: Readable): Headers => (answer instanceof IncomingMessage ? answer.headers : {});

/**
 * The error that the end of an answer speaks of, where the answer was begun as a good one; null for a whole answer. Since 25.11 ClickHouse
 * announces in a header how such an error is tagged.
 */
export function errorAtEnd(tail: Buffer, headers: Headers): Error | null {
  const tag = headers[EXCEPTION_TAG_HEADER_NAME];
  if (typeof tag === "string") return taggedError(tail, tag);
  const [untagged] = UNTAGGED.exec(tail.toString("latin1")) ?? [];
  return untagged ? parseError(untagged) : null;
}

function taggedError(tail: Buffer, tag: string): Error | null {
  const mark = `__exception__\r\n${tag}`;
  const at = tail.lastIndexOf(mark);
  if (at === -1) return null;
  const isWhole = tail.toString("latin1").endsWith(`${tag}\r\n__exception__\r\n`);
  return isWhole ? extractErrorAtTheEndOfChunk(tail, tag) : parseError(tail.toString("utf8", at + mark.length));
}

/** A whole answer that no codec packs. Throws what ClickHouse says where it failed on its way, also when the connection broke thereafter. */
export async function readWhole(answer: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  answer.on("data", (chunk: Buffer) => chunks.push(chunk));
  const broken = await finished(answer).then(
    () => null,
    (error: Error) => error,
  );
  const bytes = Buffer.concat(chunks);
  const failed = errorAtEnd(bytes.subarray(-TAIL), headersOf(answer)) ?? broken;
  if (failed) throw failed;
  return bytes;
}

/**
 * Refuses an answer that ends wherever its connection does, so that nobody can tell a whole one from one that was cut off: proxies that
 * speak HTTP/1.0 give such answers. Throws an `ExportError`.
 */
export function requireFramed(headers: Headers): void {
  if (headers["content-length"] !== undefined || /chunked/i.test(String(headers["transfer-encoding"]))) return;
  throw new ExportError({
    code: "source_proxy",
    message: "The answer of ClickHouse came without its length, so nothing shows whether it is whole.",
    fix: "Let the proxy in front of ClickHouse speak HTTP/1.1 in both directions; in nginx, set proxy_http_version 1.1.",
    retryable: false,
  });
}
