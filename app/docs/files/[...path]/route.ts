import { readFile } from "node:fs/promises";
import { findFile } from "@/lib/services/docs";

/** An image or a file of the documentation. */
export async function GET(_: Request, { params }: { params: Promise<{ path: string[] }> }): Promise<Response> {
  const found = findFile((await params).path);
  if (!found) return new Response("There is no such file.", { status: 404, headers: { "content-type": "text/plain" } });
  const headers = { "content-type": found.type, "cache-control": "public, max-age=3600" };
  return new Response(new Uint8Array(await readFile(found.file)), { headers });
}
