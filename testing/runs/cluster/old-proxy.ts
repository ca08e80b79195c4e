import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import type { OpenProxy } from "./round-robin";

/**
 * How answers reach the client: in chunks that end properly even if the server's answer failed, or until the connection
 * closes.
 */
export type Framing = "chunked" | "until it closes";

/** Hop-by-hop headers, which are not forwarded. */
const HOP = /^(connection|keep-alive|transfer-encoding|content-length)$/i;

/**
 * A proxy that speaks HTTP/1.0 to its server, as nginx did by default until 1.29.7: an answer ends where the server
 * closes, even on failure.
 */
export async function openOldProxy(target: string, framing: Framing): Promise<OpenProxy> {
  const server = createServer((request, response) => {
    passOn(new URL(target), request, response, framing).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => void server.close() };
}

async function passOn(target: URL, request: IncomingMessage, response: ServerResponse, framing: Framing) {
  const service = connect(Number(target.port), target.hostname);
  service.on("error", () => response.destroy());
  response.on("close", () => service.destroy());
  const body = await buffer(request);
  service.write(headOf(request, body.length));
  service.write(body);
  const answer = await readHead(service);
  if (framing === "until it closes") response.removeHeader("transfer-encoding");
  response.writeHead(answer.status, answer.headers);
  response.write(answer.rest);
  service.pipe(response);
}

function headOf({ method, url, rawHeaders }: IncomingMessage, length: number): string {
  const lines = pairsOf(rawHeaders).filter(([name]) => !HOP.test(name));
  const headers = [...lines, ["Content-Length", String(length)]].map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${url} HTTP/1.0\r\n${headers.join("")}\r\n`;
}

const pairsOf = (raw: readonly string[]) =>
  Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i]!, raw[2 * i + 1]!] as const);

/** An answer's status and headers, and what has arrived of its body. */
async function readHead(service: Socket): Promise<{ status: number; headers: string[]; rest: Buffer }> {
  let read = Buffer.alloc(0);
  for (;;) {
    const end = read.indexOf("\r\n\r\n");
    if (end !== -1) {
      const [first = "", ...lines] = read.toString("latin1", 0, end).split("\r\n");
      const headers = lines.map((line) => /^([^:]+): ?(.*)$/.exec(line)!.slice(1)).filter(([name]) => !HOP.test(name!));
      return { status: Number(first.split(" ")[1]), headers: headers.flat(), rest: read.subarray(end + 4) };
    }
    await once(service, "readable");
    const chunk = service.read() as Buffer | null;
    if (chunk === null && service.readableEnded) throw new Error("The server has closed before its answer.");
    read = Buffer.concat([read, chunk ?? Buffer.alloc(0)]);
  }
}
