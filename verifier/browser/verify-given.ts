import type { Sink } from "../core/finding";
import { measure } from "../core/measure";
import { kindOf } from "../core/names";
import { NO_OPTIONS, type Options } from "../core/options";
import type { Listed, Place } from "../core/tools";
import { type Looked, verify } from "../core/verify";
import type { Given } from "./given";
import { browserTools } from "./tools";

/** Safari can't iterate a stream. */
async function* chunksOf(file: Blob, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    onRead(next.value.length);
    yield next.value;
  }
}

function placeOf({ files }: Given, onRead: (bytes: number) => void): Place {
  const byName = new Map(files.map(({ name, file }) => [name, file]));
  async function* list(): AsyncGenerator<Listed> {
    for (const [name, { size }] of byName) yield { name, size };
  }
  return { label: "the given files", list, read: (name) => chunksOf(byName.get(name) ?? new Blob(), onRead) };
}

interface Extra {
  /** Text of a key set from elsewhere. */
  keys: string | null;
  /** Bytes that were read since the last call. */
  onRead(bytes: number): void;
}

/** Checks files in the browser. Nothing leaves it. */
export function verifyGiven(given: Given, { keys, onRead }: Extra, sink: Sink): Promise<Looked> {
  const place = placeOf(given, onRead);
  const options: Options = {
    ...NO_OPTIONS,
    keys: keys === null ? null : { text: keys, from: "the given keys" },
    isLoose: given.isLoose,
    onlyReceipts: given.isLoose && given.files.every(({ name }) => kindOf(name).is !== "data"),
    measure: (name, how) => measure(place.read(name), how, browserTools),
  };
  return verify(place, browserTools, options, sink);
}
