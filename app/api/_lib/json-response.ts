import { createHash } from "node:crypto";
import { NO_STORE } from "./errors";

/** Responds with 304 if `If-None-Match` names the current ETag. */
export function jsonResponse(answer: unknown, { method, headers }: Request, status: number): Response {
  if (method !== "GET" || status !== 200) return Response.json(answer, { status, headers: NO_STORE });
  const body = JSON.stringify(answer);
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  if (namesTag(headers.get("if-none-match"), etag))
    return new Response(null, { status: 304, headers: { ...NO_STORE, etag } });
  return new Response(body, { status, headers: { ...NO_STORE, "content-type": "application/json", etag } });
}

/** Proxies that compress responses weaken their ETags. */
const namesTag = (given: string | null, etag: string): boolean =>
  given?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag) ?? false;
