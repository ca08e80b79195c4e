import { MINUTE } from "@/lib/units";

/** Calls the HTTP API. Throws with the response's text if it fails. */
export type Api = <T>(method: "GET" | "POST", path: string, body?: unknown) => Promise<T>;

const TIMEOUT_MS = MINUTE;

/** An HTTP API client for the app at `web`, with an API key. */
export function apiClient(web: string, apiKey: string): Api {
  return async <T>(method: "GET" | "POST", path: string, body?: unknown) => {
    const answer = await fetch(`${web}${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} responded with ${answer.status}: ${text}`);
    return JSON.parse(text) as T;
  };
}
