import type { Compression, Format } from "../formats/types";
import { Meter } from "../pump/meter";
import { encodeQuery, openEncoded } from "./encode";
import { sourceFailure } from "./errors";
import type { Selection } from "./predicate";

/** About how many rows a ratio is measured on. */
const SAMPLE_ROWS = 20_000;

/**
 * How many bytes before compression make one after it, measured on a sample that the rows' own uuids choose: the same rows
 * give the same ratio, so a plan stays reproducible. 1 without compression.
 */
export async function compressionRatio(
  selection: Selection,
  format: Format,
  compression: Compression,
  rows: number,
  signal?: AbortSignal,
): Promise<number> {
  if (compression === "none") return 1;
  const everyNth = Math.max(1, Math.floor(rows / SAMPLE_ROWS));
  const stream = await openEncoded(encodeQuery(selection, format, { everyNth }), compression, signal);
  const meter = new Meter(compression);
  try {
    for await (const chunk of stream) await meter.add(chunk as Buffer);
    const { bytes, rawBytes } = await meter.finish();
    return rawBytes === 0 ? 1 : rawBytes / bytes;
  } catch (error) {
    throw sourceFailure(error);
  }
}
