import { stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { readAll } from "../core/read-all";
import type { Receipt } from "../core/shapes/receipt";
import { type Read, readStatement } from "../core/statement";
import type { Listed, Place } from "../core/tools";
import { folder } from "./folder";
import { nodeTools } from "./tools";

const sizeOf = async (path: string) => {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? found.size : null;
};

/** The folders that a file is in, from the nearest. */
function* above(path: string): Generator<string> {
  for (let at = dirname(path); ; at = dirname(at)) {
    yield at;
    if (at === dirname(at)) return;
  }
}

/** What a key may be called below a folder, from its whole self to its last part. */
function* endsOf(key: string): Generator<string> {
  yield key;
  for (let at = key.indexOf("/"); at !== -1; at = key.indexOf("/", at + 1)) yield key.slice(at + 1);
}

/** The folder and root with which one of the receipt's files is found. */
async function findFolder(path: string, keys: readonly string[]): Promise<{ path: string; root: string } | null> {
  for (const key of keys)
    for (const dir of above(path))
      for (const name of endsOf(key))
        if ((await sizeOf(join(dir, name))) !== null)
          return { path: dir, root: key.slice(0, key.length - name.length) };
  return null;
}

/** How many files of a receipt are looked for, in case the first ones are missing. */
const TRIED = 20;

export interface Single {
  place: Place;
  root: string;
  /** Whether none of its files is anywhere near. */
  onlyReceipts: boolean;
}

/** One receipt, with its files and the keys beside it. */
export async function single(given: string): Promise<Single> {
  const path = resolve(given);
  const bytes = await readAll(folder(dirname(path)), basename(path));
  const read = readStatement(bytes, nodeTools);
  const files = "problem" in read ? [] : ((read as Read<Receipt>).document.files ?? []);
  const found = await findFolder(
    path,
    files.slice(0, TRIED).map(({ key }) => key),
  );
  const { path: base, root } = found ?? { path: dirname(path), root: "" };
  const own = nameIn(base, path);
  const names = [...new Set(files.map(({ key }) => key.slice(root.length)))];
  return { place: placeOf(base, own, names, given), root, onlyReceipts: found === null };
}

function placeOf(base: string, own: string, names: readonly string[], label: string): Place {
  async function* list(): AsyncGenerator<Listed> {
    yield { name: own, size: (await sizeOf(join(base, own))) ?? 0 };
    for (const dir of above(join(base, own))) {
      const keys = join(dir, "_penstock/keys.json");
      const size = await sizeOf(keys);
      if (size !== null) yield { name: nameIn(base, keys), size };
    }
    for (const name of names) {
      const size = isBelow(name) ? await sizeOf(join(base, name)) : null;
      if (size !== null) yield { name, size };
    }
  }
  return { ...folder(base), label, list };
}

/** Keys of a bucket may lie above the folder. */
const nameIn = (base: string, path: string) => relative(base, path).replaceAll("\\", "/");

/** Keys come from the receipt: none may lead out of the folder. */
const isBelow = (name: string) => name.split(/[\\/]/).every((part) => part !== ".." && part !== "");
