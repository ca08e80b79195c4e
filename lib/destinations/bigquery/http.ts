import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import { guardedAgents } from "../../net/agents";
import type { Guarding } from "../../net/guard";
import { MIB } from "../../units";

/** Maximum size of an answer in bytes: a page of a list or of rows is far smaller. */
const MAX_ANSWER = 32 * MIB;
/** Connection timeout, in ms. */
const CONNECT = 10_000;

/** Whether a connection failed on its TLS certificate, by Node's error codes: retrying can't help. */
export const isTlsError = (error: unknown): boolean =>
  /CERT|TLS|SSL|SIGNATURE|ISSUER/.test((error as { code?: string }).code ?? "");

export interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers: Record<string, string>;
  body?: Buffer | string;
  /** Idle timeout, in ms. */
  idleMs: number;
  signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Sends requests only to addresses that the guard allows, and follows no redirects. */
export class Http {
  readonly #agents: ReturnType<typeof guardedAgents>;

  constructor(guarding: Guarding) {
    this.#agents = guardedAgents({ keepAlive: true }, guarding);
  }

  send(url: string, { method, headers, body, idleMs, signal }: HttpRequest): Promise<HttpAnswer> {
    const secure = new URL(url).protocol === "https:";
    const agent = secure ? this.#agents.httpsAgent : this.#agents.httpAgent;
    const length = { "content-length": String(body === undefined ? 0 : Buffer.byteLength(body)) };
    const options = { method, headers: { ...headers, ...length }, agent, timeout: idleMs, ...(signal && { signal }) };
    return new Promise((resolve, reject) => {
      const request = secure ? httpsRequest(url, options) : httpRequest(url, options);
      const giveUp = () => request.destroy(Object.assign(new Error("no response"), { code: "ETIMEDOUT" }));
      request.on("timeout", giveUp);
      request.on("socket", (socket) => {
        if (!socket.connecting) return;
        const timer = setTimeout(giveUp, CONNECT);
        for (const event of ["connect", "close"]) socket.once(event, () => clearTimeout(timer));
      });
      request.on("error", reject);
      request.on("response", (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER) request.destroy(Object.assign(new Error("too long"), { code: "ANSWER_TOO_LONG" }));
          else chunks.push(chunk);
        });
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      });
      request.end(body);
    });
  }

  close(): void {
    this.#agents.httpAgent.destroy();
    this.#agents.httpsAgent.destroy();
  }
}
