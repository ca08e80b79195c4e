import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

/** A request to a test server. */
export interface Asked {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Answered {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
}

/** A loopback server that responds as instructed and records its requests. */
export async function startServer(answer: (asked: Asked) => Answered) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(raw) : raw;
    const { method = "", url = "", headers } = request;
    asked.push({ method, url, headers, body });
    const { status = 200, headers: more = {}, json, text } = answer(asked.at(-1)!);
    response.writeHead(status, { ...(json !== undefined && { "content-type": "application/json" }), ...more });
    response.end(json === undefined ? text : JSON.stringify(json));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
