import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import next from "next";
import { BASE_PATH, basePathMismatch } from "@/lib/base-path";
import { nameProcess } from "@/lib/db/client";
import { getWebEnv, type WebEnv } from "@/lib/env";
import { HEADERS, NO_PAGE } from "@/lib/http/fixed-headers";
import { EVERYWHERE, inUrl, listen } from "@/lib/net/listen";
import { answerPings } from "@/lib/pings";
import { withLogFields } from "@/lib/services/log-fields";
import { MINUTE } from "@/lib/units";
import { believeOnly, trustedProxies } from "./client-address";
import { nextDir } from "./process/next-dir";
import { REQUEST_ID_HEADER, requestFields } from "./request-fields";
import { compressedFiles, sendCompressed } from "./static-files";

const HOST = process.env.HOST || EVERYWHERE;
const PORT = Number(process.env.PORT || 3000);

/** Time limits for a client's headers and for its whole request, in ms: slow clients must not hold connections. */
const HEADERS_TIMEOUT = 20_000;
const REQUEST_TIMEOUT = MINUTE;
/** In ms. Longer than typical proxies keep a connection, so that none closes during a request. */
const KEEP_ALIVE = 65_000;
/** In ms. A longer request, like a followed log, is cut off when the server ends. */
const GRACE = 5_000;

/**
 * Serves the production build. Next's own server would keep an `X-Forwarded-For` that the client wrote; this one
 * replaces it before Next sees the request, so that rate limits, sessions, and the audit log have the true address.
 */
async function main(): Promise<void> {
  const env = readEnv();
  nameProcess("penstock-web");
  const trust = trustedProxies(env.TRUSTED_PROXIES);
  const app = next({ dev: false, hostname: HOST, port: PORT });
  await app.prepare();
  const handle = app.getRequestHandler();
  const files = compressedFiles(nextDir());
  const isHttps = new URL(env.APP_URL).protocol === "https:";
  const server = createServer((request, response) => {
    believeOnly(request, trust);
    if (isHttps) response.setHeader("strict-transport-security", "max-age=63072000; includeSubDomains");
    if (refuseMethod(request, response)) return;
    const fields = requestFields(request.headers);
    response.setHeader(REQUEST_ID_HEADER, fields.requestId);
    if (sendCompressed(files, { ...HEADERS, ...NO_PAGE }, request, response)) return;
    withLogFields(fields, () => handle(request, response)).catch(() => response.destroy());
  });
  server.headersTimeout = HEADERS_TIMEOUT;
  server.requestTimeout = REQUEST_TIMEOUT;
  server.keepAliveTimeout = KEEP_ALIVE;
  await listen(server, PORT, HOST);
  console.log(`The web app listens on http://${inUrl(HOST)}:${PORT}.`);
  server.on("error", fail);
  endOnSignal(server, () => app.close());
}

/** Lets open requests finish, then closes the app. Ignores a second signal: the first has a time limit. */
function endOnSignal(server: Server, close: () => Promise<void>): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    server.close(() => void close().finally(() => process.exit(0)));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), GRACE).unref();
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}

function readEnv(): WebEnv {
  try {
    const env = getWebEnv();
    const mismatch = basePathMismatch(env.APP_URL);
    if (mismatch) throw new Error(mismatch);
    // Next reads its configuration again.
    Object.assign(process.env, { PENSTOCK_BASE_PATH: BASE_PATH });
    return env;
  } catch (error) {
    return fail(error);
  }
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

answerPings();
main().catch(fail);

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Rejects unsupported methods, above all TRACE, for which Next returns an error of its own. False for any other. */
function refuseMethod({ method = "" }: IncomingMessage, response: ServerResponse): boolean {
  if (METHODS.includes(method)) return false;
  const error = { code: "method_not_allowed", message: `The method ${method} isn't supported.` };
  response.writeHead(405, { allow: METHODS.join(", "), "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify({ error }));
  return true;
}
