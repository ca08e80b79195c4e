import type { ServerResponse } from "node:http";

/** A storage's answer. Headers alternate names and values. */
export interface Answer {
  status: number;
  headers: string[];
  body: Buffer;
}

/** Drops connection headers, and Expect, which is unnecessary because the whole body is here. */
export function passedOn(raw: string[]): string[] {
  const headers: string[] = [];
  for (let at = 0; at < raw.length; at += 2)
    if (!/^(?:expect|connection|keep-alive)$/i.test(raw[at]!)) headers.push(raw[at]!, raw[at + 1]!);
  return headers;
}

/** A client that is already gone gets nothing, which is no error here. */
export function write(client: ServerResponse, { status, headers, body }: Answer): void {
  if (client.destroyed) return;
  client.on("error", () => {});
  client.writeHead(status, headers).end(body);
}

/** The head with half of the body, or half of the head if there is no body. */
export function writeHalf(client: ServerResponse, { status, headers, body }: Answer): void {
  const { socket } = client;
  if (!socket || socket.destroyed) return;
  const lines: string[] = [`HTTP/1.1 ${status} Half`];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  const head = `${lines.join("\r\n")}\r\n\r\n`;
  const half = body.length === 0 ? Buffer.from(head.slice(0, head.length >> 1)) : halfOf(head, body);
  socket.write(half, () => socket.destroy());
}

const halfOf = (head: string, body: Buffer) => Buffer.concat([Buffer.from(head), body.subarray(0, body.length >> 1)]);

/** An error in S3's format. */
export function errorAnswer(status: number, code: string): Answer {
  const body = Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>Made by a test.</Message></Error>`,
  );
  return { status, headers: ["content-type", "application/xml", "content-length", String(body.length)], body };
}
