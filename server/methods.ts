import type { IncomingMessage, ServerResponse } from "node:http";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Answers a request whose method nothing here has, TRACE above all, which Next answers with a fault of its own. False for any other. */
export function refuseMethod({ method = "" }: IncomingMessage, response: ServerResponse): boolean {
  if (METHODS.includes(method)) return false;
  const error = { code: "method_not_allowed", message: `The method ${method} is not supported.` };
  response.writeHead(405, { allow: METHODS.join(", "), "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify({ error }));
  return true;
}
