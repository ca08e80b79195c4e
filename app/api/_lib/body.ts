import { AppError } from "@/lib/errors";
import { MIB } from "@/lib/units";

const MAX_BYTES = MIB;

const tooLarge = () => new AppError("body_too_large", "The body is larger than 1 MB. Send less data.", 413);

/** The same, where a request without a body means an empty object. */
export async function readOptionalJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return {};
  requireJson(request.headers);
  return parse(bytes);
}

/**
 * Reads a JSON body of at most 1 MiB. Throws 415 for other content types, which another site's form can send without a
 * preflight; 413 for a larger body; and 400 for invalid JSON.
 */
export async function readJson(request: Request): Promise<unknown> {
  requireJson(request.headers);
  return parse(await readBytes(request));
}

function requireJson(headers: Headers): void {
  const type = headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  // A form can't send a key, so a request with one is trusted.
  if (type === "application/json" || headers.has("authorization")) return;
  throw new AppError("not_json", "Send the body as JSON with the header Content-Type: application/json.", 415);
}

async function readBytes(request: Request): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The DOM types don't declare that streams are async iterable.
  for await (const chunk of (request.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    // Count, because Content-Length may be missing or wrong.
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(bytes: Buffer): unknown {
  if (bytes.length === 0) throw new AppError("bad_request", "The request has no body. Send a JSON object.", 400);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new AppError("bad_request", "The body isn’t valid JSON in UTF-8.", 400);
  }
}
