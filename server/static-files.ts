import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { BASE_PATH } from "@/lib/base-path";

/** A built file and its smaller form. */
interface Compressed {
  file: string;
  bytes: number;
  type: string;
}

const TYPES: Record<string, string> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
};

/** The ending of files that the build compressed (server/build/compress-static.ts). */
export const SUFFIX = ".br";

/**
 * The files below `<next>/static` that have a compressed form, by the path of their request. Listed once: a build's
 * files never change, and a request can then name nothing outside.
 */
export function compressedFiles(next: string): Map<string, Compressed> {
  const folder = join(next, "static");
  const files = new Map<string, Compressed>();
  if (!existsSync(folder)) return files;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(SUFFIX)) continue;
    const plain = name.slice(0, -SUFFIX.length);
    const type = TYPES[plain.slice(plain.lastIndexOf("."))];
    const file = join(folder, name);
    if (type)
      files.set(`${BASE_PATH}/_next/static/${plain.split(sep).join("/")}`, { file, type, bytes: statSync(file).size });
  }
  return files;
}

/** Whether an `Accept-Encoding` takes Brotli. */
export const takesBrotli = (accepted: string | string[] | undefined): boolean =>
  String(accepted ?? "")
    .split(",")
    .some((part) => /^\s*br\s*(;\s*q=(?!0(\.0*)?\s*$)[\d.]+\s*)?$/i.test(part));

/**
 * Answers with the compressed form of a built file. False for everything else, which Next answers: other methods, files
 * without one, parts of files, and clients that don't take it.
 */
export function sendCompressed(
  files: ReadonlyMap<string, Compressed>,
  headers: Record<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { method, url = "" } = request;
  if ((method !== "GET" && method !== "HEAD") || request.headers.range !== undefined) return false;
  const found = files.get(url.split("?", 1)[0] ?? "");
  if (!found || !takesBrotli(request.headers["accept-encoding"])) return false;
  response.writeHead(200, {
    ...headers,
    "content-type": found.type,
    "content-length": found.bytes,
    "content-encoding": "br",
    // The name of a built file has its content's hash.
    "cache-control": "public, max-age=31536000, immutable",
    vary: "Accept-Encoding",
  });
  if (method === "HEAD") response.end();
  else pipeline(createReadStream(found.file), response).catch(() => response.destroy());
  return true;
}
