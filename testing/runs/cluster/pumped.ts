import type { Readable } from "node:stream";
import { pumpFile } from "@/lib/pump/pump";
import type { Encoding } from "@/lib/rows/formats/encoding";
import { getSource } from "@/lib/source/client";
import type { EncodedQuery } from "@/lib/source/encode";
import { openEncoded } from "@/lib/source/open-encoded";

/** Pumps a file into a void; returns its rows or error, and whether its body ended like a whole file's. */
export async function pumped(file: { query: EncodedQuery; encoding: Encoding; expectedRows: number }) {
  let whole = false;
  const put = async (body: Readable) => {
    for await (const _ of body);
    whole = true;
    return { etag: "", encryption: null };
  };
  const open = (stop: AbortSignal) => openEncoded(getSource(), file.query, stop);
  const { encoding, expectedRows } = file;
  const result = await pumpFile({ open, encoding, expectedRows, put, signal: new AbortController().signal }).then(
    ({ rows }) => rows,
    (error: Error) => error,
  );
  return { result, whole };
}
