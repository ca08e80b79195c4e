import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { guardedAgents } from "../../net/agents";
import { MIB } from "../../units";

export interface Sent {
  method: "GET" | "POST" | "PUT";
  headers: OutgoingHttpHeaders;
  /** Empty for a GET. */
  body: Readable | Buffer | string;
  signal: AbortSignal;
}

/** Maximum size of an answer in bytes: no answer that Penstock reads is longer. */
const MAX_ANSWER = MIB;

export interface Got {
  status: number;
  etag: string;
  text: string;
}

/** Sends one request through agents that connect only to checked addresses. Returns a redirect like any answer. */
export async function send(
  url: string,
  { method, headers, body, signal }: Sent,
  { httpAgent, httpsAgent }: ReturnType<typeof guardedAgents>,
): Promise<Got> {
  const request =
    new URL(url).protocol === "https:"
      ? httpsRequest(url, { method, headers, signal, agent: httpsAgent })
      : httpRequest(url, { method, headers, signal, agent: httpAgent });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once("response", resolve);
    request.once("error", reject);
    request.once("close", () => reject(new Error("The connection was closed without a response.")));
  });
  if (typeof body === "string" || Buffer.isBuffer(body)) {
    request.end(body);
    return read(await answered);
  }
  // A storage that refuses answers before it has taken everything: its answer says more than the broken pipe.
  const [sent, got] = await Promise.allSettled([pipeline(body, request, { signal }), answered]);
  if (got.status === "fulfilled" && (sent.status === "fulfilled" || (got.value.statusCode ?? 0) >= 300))
    return read(got.value);
  throw sent.status === "rejected" ? sent.reason : (got as PromiseRejectedResult).reason;
}

async function read(response: IncomingMessage): Promise<Got> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER) throw new Error("The response is too long.");
    chunks.push(chunk);
  }
  const etag = response.headers.etag ?? "";
  return { status: response.statusCode ?? 0, etag: etag.replaceAll('"', ""), text: Buffer.concat(chunks).toString() };
}
