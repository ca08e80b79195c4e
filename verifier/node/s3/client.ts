import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import type { Bucket } from "./config";
import { encode, queryOf, signedHeaders, type Target } from "./sign";

const TRIES = 4;
const WAIT = 250;
/** Without an answer's first bytes, or between two of its chunks. */
const SILENCE = 60_000;
/** An error's text is longer only if it is none. */
const LONGEST_PROBLEM = 16 * 1024;

const agents = { "http:": new http.Agent({ keepAlive: true }), "https:": new https.Agent({ keepAlive: true }) };

/** No URL: it would resolve parts of a key that are only dots. */
function targetOf({ name, endpoint, pathStyle }: Bucket, key: string, query: Record<string, string>): Target {
  const base = new URL(endpoint);
  const parts = [...(pathStyle ? [name] : []), ...key.split("/")];
  return {
    host: pathStyle ? base.host : `${name}.${base.host}`,
    path: `${base.pathname.replace(/\/$/, "")}/${parts.map(encode).join("/")}`,
    query: queryOf(query),
  };
}

/** Not fetch, which would decompress what was stored with a content encoding. */
function send(bucket: Bucket, target: Target): Promise<IncomingMessage> {
  const { protocol } = new URL(bucket.endpoint);
  const { credentials, region } = bucket;
  const headers = credentials ? signedHeaders(target, credentials, region, new Date()) : { host: target.host };
  const { hostname, port } = new URL(`${protocol}//${target.host}`);
  const path = `${target.path}${target.query && `?${target.query}`}`;
  const options = { hostname: hostname.replace(/^\[|\]$/g, ""), port, path, headers };
  return new Promise((resolve, reject) => {
    const request =
      protocol === "https:"
        ? https.get({ ...options, agent: agents["https:"] }, resolve)
        : http.get({ ...options, agent: agents["http:"] }, resolve);
    request.on("error", reject);
    request.setTimeout(SILENCE, () => request.destroy(new Error("the storage doesn't respond")));
  });
}

/** GET of an object, or of the bucket with a query. Tries again if the storage is busy. Throws what it answers. */
export async function get(bucket: Bucket, key: string, query: Record<string, string> = {}): Promise<IncomingMessage> {
  const target = targetOf(bucket, key, query);
  for (let tried = 1; ; tried += 1) {
    const answer = await send(bucket, target).catch((error: unknown) => error as Error);
    if (!(answer instanceof Error) && answer.statusCode === 200) return answer;
    const isBusy = answer instanceof Error || (answer.statusCode ?? 0) >= 500 || answer.statusCode === 429;
    const problem = await problemOf(answer, target);
    if (!isBusy || tried === TRIES) throw problem;
    await new Promise((resolve) => setTimeout(resolve, WAIT * 2 ** tried));
  }
}

async function problemOf(answer: Error | IncomingMessage, { host, path }: Target): Promise<Error> {
  if (answer instanceof Error) return new Error(`${host}: ${answer.message}`);
  const [, code = ""] = /<Code>([^<]*)<\/Code>/.exec(await textOf(answer, LONGEST_PROBLEM).catch(() => "")) ?? [];
  return new Error(`${host}${path} responds with ${answer.statusCode} ${code}`.trimEnd());
}

/** Reads a text answer, at most so many bytes of it. */
export async function textOf(answer: IncomingMessage, longest: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += chunk.length;
    if (bytes > longest) throw new Error(`a response of more than ${longest} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
