import { setTimeout as pause } from "node:timers/promises";
import { ExportError } from "../../errors";
import type { Guarding } from "../../net/guard";
import type { Connected } from "../types";
import { Http, type HttpAnswer, type HttpRequest, isTlsError } from "./http";
import { isPassing, Refusal, refusalOf } from "./refusal";
import type { BigqueryConfig, BigquerySecret } from "./schema";
import { Tokens } from "./token";

export type BigqueryConnection = Connected<BigqueryConfig, BigquerySecret>;

const GOOGLE = "https://bigquery.googleapis.com";
/** Backoff before each retry of a request, in ms. */
const WAITS = [500, 2_000, 5_000];

export interface Call {
  method: HttpRequest["method"];
  /** Below the project. */
  path: string;
  query?: Record<string, string>;
  body?: object;
  signal?: AbortSignal | undefined;
}

/** The base URL of a connection's API, without a trailing slash. */
export const endpointOf = ({ apiEndpoint }: Pick<BigqueryConfig, "apiEndpoint">): string =>
  (apiEndpoint ?? GOOGLE).replace(/\/+$/, "");

/**
 * A client for BigQuery's REST API. Google's library is not an option: it follows redirects, resolves names past the
 * guard, can't be aborted, and has no resumable uploads.
 */
export class BigqueryClient {
  readonly config: BigqueryConfig;
  readonly tokens: Tokens;
  readonly guarding: Guarding;
  readonly #http: Http;

  constructor({ config, secret, organizationId }: BigqueryConnection, guarding: Partial<Guarding> = {}) {
    this.config = config;
    this.guarding = { purpose: "bigquery", organizationId, ...guarding };
    this.#http = new Http(this.guarding);
    this.tokens = new Tokens(secret.serviceAccountKey);
  }

  /** Calls must be safe to send twice: one that creates something passes an id, and the second attempt gets a 409. */
  async call<T>({ method, path, query, body, signal }: Call): Promise<T> {
    const { projectId } = this.config;
    const search = query ? `?${new URLSearchParams(query)}` : "";
    const url = `${endpointOf(this.config)}/bigquery/v2/projects/${projectId}${path}${search}`;
    const sent: Sent = { method, signal, idleMs: 120_000, ...(body && { body: JSON.stringify(body) }) };
    for (let attempt = 0; ; attempt++) {
      try {
        const { status, text } = await this.send(url, sent);
        if (status < 200 || status > 299) throw refusalOf(status, text);
        return (text ? JSON.parse(text) : {}) as T;
      } catch (error) {
        const wait = WAITS[attempt];
        if (wait === undefined || !mayPass(error, signal)) throw error;
        await pause(wait * (0.5 + Math.random()), undefined, { signal });
      }
    }
  }

  /** Sends one request and returns any answer. Only the API's own origin gets the token. */
  send(url: string, { headers, ...request }: Sent): Promise<HttpAnswer> {
    const isOwn = new URL(url).origin === new URL(endpointOf(this.config)).origin;
    return this.#http.send(url, {
      ...request,
      headers: {
        ...(typeof request.body === "string" && { "content-type": "application/json" }),
        ...headers,
        ...(isOwn && { authorization: `Bearer ${this.tokens.current()}` }),
        "user-agent": "penstock",
      },
    });
  }

  close(): void {
    this.#http.close();
  }
}

type Sent = Omit<HttpRequest, "headers"> & { headers?: Record<string, string> };

/** Whether a retry can help: not after an `ExportError`, a final refusal, a TLS error, or an abort. */
export function mayPass(error: unknown, signal?: AbortSignal): boolean {
  if (signal?.aborted || error instanceof ExportError) return false;
  return error instanceof Refusal ? isPassing(error) : !isTlsError(error);
}
