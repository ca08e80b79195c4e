import { pMapIterable } from "p-map";
import { messageOf, type Reporter } from "./finding";
import type { Inventory } from "./inventory";
import type { Keys } from "./keys";
import { isNamed, kindOf } from "./names";
import { readAll } from "./read-all";
import type { Link, Receipt1 } from "./shapes/receipt";
import { isVoid, type Read, readStatement, reportStatement } from "./statement";
import { type Summary, summaryOf } from "./summary";
import { checkSums } from "./sums";
import type { Place, Tools } from "./tools";

export interface Context {
  place: Place;
  tools: Tools;
  inventory: Inventory;
  keys: Keys;
  reporter: Reporter;
}

/** Small objects to read at the same time. Mostly waits for the storage. */
const READS = 8;

type Bytes = { name: string; bytes: Uint8Array } | { name: string; error: string };

/** Reads objects ahead, and gives them in order. */
export const readEach = (place: Place, names: readonly string[]): AsyncIterable<Bytes> =>
  pMapIterable(
    names,
    async (name): Promise<Bytes> => {
      try {
        return { name, bytes: await readAll(place, name) };
      } catch (error) {
        return { name, error: messageOf(error) };
      }
    },
    { concurrency: READS },
  );

/** Reads and checks all manifests by themselves. */
export async function readManifests(context: Context): Promise<Summary[]> {
  const { place, inventory, reporter, tools } = context;
  const found: Summary[] = [];
  for await (const it of readEach(place, inventory.names("manifest"))) {
    const about = reporter.about(it.name);
    if ("error" in it) about.unknown("form", "a receipt", it.error);
    else found.push(...checkManifest(it.name, reportStatement(it.bytes, tools, about), about, context));
  }
  // Downloaded receipts may have any name. What isn't a receipt is an object like any other.
  for await (const it of readEach(place, inventory.names("json"))) {
    const read = "bytes" in it ? readStatement(it.bytes, tools) : null;
    if (!read || "problem" in read) continue;
    inventory.get(it.name)!.by = it.name;
    found.push(...checkManifest(it.name, read, reporter.about(it.name), context));
  }
  return found;
}

function checkManifest(
  name: string,
  read: Read<Receipt1 | Link> | null,
  about: Reporter,
  { keys }: Pick<Context, "keys">,
): Summary[] {
  if (!read) return [];
  const { document } = read;
  if (isVoid(document)) {
    about.wrong("form", "a receipt", "a void link");
    return [];
  }
  if (kindOf(name).is === "manifest" && !isNamed(name, document))
    about.wrong("name", `the window ${document.intervalStart} to ${document.intervalEnd}`, name);
  if (document.version === 2) keys.check(document, document.committedAt, about);
  checkSums(document, about);
  return [summaryOf(name, read)];
}

/** Checks a link by itself. */
export function checkLink(name: string, read: Read<Receipt1 | Link> | null, context: Context): Summary[] {
  const about = context.reporter.about(name);
  if (!read) return [];
  const { document } = read;
  if (document.version === 1) {
    about.wrong("form", "a link of a chain", "a receipt of version 1");
    return [];
  }
  context.keys.check(document, document.committedAt, about);
  const kind = kindOf(name);
  if (kind.is === "link") {
    about.same("sequence", `${document.sequence}.json`, kind.file);
    if (document.exportId !== kind.exportId) about.wrong("export", kind.exportId, document.exportId);
  }
  return [summaryOf(name, read)];
}

/** Reads and checks the chain's objects by themselves. */
export async function readLinks(context: Context): Promise<Summary[]> {
  const { place, inventory, reporter, tools } = context;
  const found: Summary[] = [];
  for await (const it of readEach(place, inventory.names("link"))) {
    const about = reporter.about(it.name);
    if ("error" in it) about.unknown("form", "a link", it.error);
    else found.push(...checkLink(it.name, reportStatement(it.bytes, tools, about), context));
  }
  return found;
}
