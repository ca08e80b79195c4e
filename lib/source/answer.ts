import { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { EXCEPTION_TAG_HEADER_NAME, extractErrorAtTheEndOfChunk, parseError } from "@clickhouse/client";
import { ExportError } from "../errors";
import { TAIL } from "../meter/tail";

type Headers = Record<string, string | string[] | undefined>;

/** How ClickHouse before 25.11 ends a response that fails midway. Only the wording distinguishes it from a row. */
const UNTAGGED = /(?:^|\n)Code: \d+\. DB::Exception: [\s\S]*\(version [\d.]+[^\n]*\)\n?$/;

/** The headers of a streamed response. */
export const headersOf = (answer: Readable): Headers => (answer instanceof IncomingMessage ? answer.headers : {});

/**
 * The error at the end of a response that began successfully; null if the response is whole. Since 25.11, ClickHouse
 * announces the tag of such errors in a header.
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

/** Reads a whole uncompressed response. Throws ClickHouse's error if it failed midway, even if the connection broke. */
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
 * Rejects a response that ends when its connection does, because a truncated one would look whole: proxies that speak
 * HTTP/1.0 send these. Throws an `ExportError`.
 */
export function requireFramed(headers: Headers): void {
  if (headers["content-length"] !== undefined || /chunked/i.test(String(headers["transfer-encoding"]))) return;
  throw new ExportError({
    code: "source_proxy",
    message: "ClickHouse's response has no length, so Penstock can't tell whether it is complete.",
    fix: "Configure the proxy in front of ClickHouse to use HTTP/1.1 in both directions. In nginx, set proxy_http_version 1.1.",
    retryable: false,
  });
}
