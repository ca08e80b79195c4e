import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { ExportError } from "../errors";
import { guardedAgents } from "./agents";
import { brokenBy, nameOfError } from "./broken";
import type { Guarding } from "./guard";

export interface Post {
  headers: Record<string, string>;
  body: string;
  /** Timeout for everything together, in ms. */
  timeoutMs: number;
}

/**
 * Posts to a URL that a user set. Does not follow redirects: a 3xx is the response. Reads only its status. Throws an
 * `ExportError`: `address_refused` is final, `unreachable` may be temporary.
 */
export async function post(url: string, { headers, body, timeoutMs }: Post, guarding: Guarding) {
  const { httpAgent, httpsAgent } = guardedAgents({ keepAlive: false }, guarding);
  const secure = new URL(url).protocol === "https:";
  const signal = AbortSignal.timeout(timeoutMs);
  const length = { "content-length": String(Buffer.byteLength(body)) };
  const options = { method: "POST", headers: { ...headers, ...length }, signal };
  try {
    return await new Promise<{ status: number }>((resolve, reject) => {
      const request = secure
        ? httpsRequest(url, { ...options, agent: httpsAgent })
        : httpRequest(url, { ...options, agent: httpAgent });
      request.once("response", (response) => {
        resolve({ status: response.statusCode ?? 0 });
        response.once("error", () => {}).destroy();
      });
      request.on("error", reject).end(body);
    });
  } catch (error) {
    if (error instanceof ExportError) throw error;
    throw failed(new URL(url).host, error);
  } finally {
    httpAgent.destroy();
    httpsAgent.destroy();
  }
}

function failed(host: string, error: unknown): ExportError {
  const broken = brokenBy(error);
  const late = broken === "AbortError" || broken === "TimeoutError";
  const why = late ? "it didn't respond in time" : broken;
  const message =
    broken === null
      ? `The request to ${host} failed: ${nameOfError(error)}.`
      : `${host} couldn't be reached${why ? ` (${why})` : ""}.`;
  const fix = "Check the address, and that Penstock's machine can reach it.";
  const code = broken === null ? "request_failed" : "unreachable";
  return new ExportError({ code, message, fix, retryable: true }, { cause: error });
}
