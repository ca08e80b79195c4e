import { AppError } from "@/lib/errors";

const MAX_BYTES = 1024 * 1024;

const tooLarge = () => new AppError("body_too_large", "The body is over 1 MB: send less.", 413);

/** Reads a JSON body of at most 1 MB. Throws 413 for a larger one and 400 for what is no JSON. */
export async function readJson(request: Request): Promise<unknown> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The types of the browser don't know that a stream can be iterated over.
  for await (const chunk of (request.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    // Counted, because the length that was announced may be missing or wrong.
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  if (size === 0) throw new AppError("bad_request", "The request has no body: send a JSON object.", 400);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new AppError("bad_request", "The body is not valid JSON in UTF-8.", 400);
  }
}
