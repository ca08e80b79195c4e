import { jsonl } from "./jsonl";
import type { Compression, Format } from "./types";

/** Every format by its name on the wire. */
export const formats = { jsonl } satisfies Record<string, Format>;

/** What a compression adds to a file's extension. */
export const compressionSuffix: Record<Compression, string> = { none: "", gzip: ".gz" };
