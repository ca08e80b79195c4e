import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compressedFiles, sendCompressed, takesBrotli } from "./static-files";

const TEXT = "console.log(1);".repeat(100);
const next = mkdtempSync(join(tmpdir(), "penstock-static-"));
let server: Server;
let web = "";

beforeAll(async () => {
  mkdirSync(join(next, "static", "chunks"), { recursive: true });
  writeFileSync(join(next, "static", "chunks", "a.js"), TEXT);
  writeFileSync(join(next, "static", "chunks", "a.js.br"), brotliCompressSync(TEXT));
  writeFileSync(join(next, "static", "chunks", "plain.js"), TEXT);
  writeFileSync(join(next, "secret.js.br"), "secret");
  const files = compressedFiles(next);
  server = createServer((request, response) => {
    if (!sendCompressed(files, { "x-fixed": "1" }, request, response)) response.end("next");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  web = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(next, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(web + path, { method, headers: { "accept-encoding": "br", ...headers } });
const FILE = "/_next/static/chunks/a.js";

it("sends the smaller form, for good, to whom it can be sent", async () => {
  const answer = await get(FILE, { "accept-encoding": "gzip, deflate, br, zstd" });
  expect(await answer.text()).toBe(TEXT);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-encoding": "br",
    "content-type": "application/javascript; charset=UTF-8",
    "content-length": String(brotliCompressSync(TEXT).length),
    "cache-control": "public, max-age=31536000, immutable",
    vary: "Accept-Encoding",
    "x-fixed": "1",
  });
});

it("answers HEAD without the file", async () => {
  const answer = await get(FILE, {}, "HEAD");
  expect(answer.headers.get("content-encoding")).toBe("br");
  expect(await answer.text()).toBe("");
});

it.each<[string, string, Record<string, string>, string?]>([
  ["a client that doesn't take it", FILE, { "accept-encoding": "gzip" }],
  ["a client that refuses it", FILE, { "accept-encoding": "gzip, br;q=0" }],
  ["a part of a file", FILE, { range: "bytes=0-1" }],
  ["another method", FILE, {}, "POST"],
  ["a file without a smaller form", "/_next/static/chunks/plain.js", {}],
  ["the smaller form by its own name", `${FILE}.br`, {}],
  ["a path that leads outside", "/_next/static/../secret.js", {}],
  ["an escaped path that leads outside", "/_next/static/%2e%2e/secret.js", {}],
])("leaves %s to Next", async (_, path, headers, method) => {
  expect(await (await get(path, headers, method)).text()).toBe("next");
});

it.each<[string | undefined, boolean]>([
  ["br", true],
  ["gzip, br;q=0.8", true],
  ["br;q=1.0", true],
  ["br;q=0", false],
  ["br; q=0.000", false],
  ["brotli", false],
  [undefined, false],
])("reads that %j takes Brotli: %j", (accepted, takes) => {
  expect(takesBrotli(accepted)).toBe(takes);
});
