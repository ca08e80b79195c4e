import type { Held, ListedPage } from "@/lib/destinations/stored-objects";
import { byteOrder } from "./byte-order";

/** Pages of a listing that may hold none of the named keys: with 1,000 keys each, 20,000 other objects. */
const BESIDE = 20;
/** Keys per page. */
const PAGE = 1000;

export interface Scanning {
  /** Begins every key that is of interest. */
  prefix: string;
  /** Whether an object that isn't named is of interest. */
  isOurs(key: string): boolean;
  list(prefix: string, after: string): Promise<ListedPage>;
}

export interface Scanned {
  /** What the listing showed under named keys. */
  found: Map<string, Held>;
  /** Keys of interest that are not named. */
  beside: string[];
  /** Whether the listing showed everything below the prefix. */
  isWhole: boolean;
}

/**
 * Lists the neighborhood of some keys, and everything else below the prefix as far as a limit on pages allows: pages
 * that hold none of them are jumped over once the limit is reached. So a batch of windows costs a few pages, whatever
 * else the bucket holds. A named key that was not found may have been left out.
 */
export async function scan(named: readonly string[], scanning: Scanning): Promise<Scanned> {
  const keys = [...named].sort(byteOrder);
  const walk = new Walk(keys, scanning);
  const start = neighborhood(keys, 0, scanning.prefix);
  await walk.from(start);
  if (start !== scanning.prefix) await walk.from("", start);
  return walk.result();
}

class Walk {
  readonly #named: ReadonlySet<string>;
  readonly #found = new Map<string, Held>();
  readonly #beside = new Set<string>();
  #beyond = BESIDE;
  #left: number;
  #isWhole = true;

  constructor(
    private readonly keys: readonly string[],
    private readonly scanning: Scanning,
  ) {
    this.#named = new Set(keys);
    // Each page shows a named key or is one of those beside them, unless others crowd the neighborhood.
    this.#left = 2 * BESIDE + Math.min(keys.length, 2 * Math.ceil(keys.length / PAGE) + keys.length / 10);
  }

  /** Lists what follows `start`, up to `end` if given. */
  async from(start: string, end?: string): Promise<void> {
    let after = start;
    for (;;) {
      if (this.#left <= 0) return this.#cut();
      this.#left -= 1;
      const { objects, isLast } = await this.scanning.list(this.scanning.prefix, after);
      for (const object of objects) this.#take(object);
      const last = objects.at(-1)?.key;
      if (isLast || last === undefined) return;
      if (end !== undefined && byteOrder(last, end) >= 0) return;
      const next = end === undefined ? this.#nextAfter(last) : -1;
      const begin = next === -1 ? null : neighborhood(this.keys, next, this.scanning.prefix);
      if (begin !== null && byteOrder(begin, last) <= 0) after = last;
      else if (this.#beyond > 0) {
        this.#beyond -= 1;
        after = last;
      } else {
        this.#cut();
        if (begin === null) return;
        after = begin;
      }
    }
  }

  result(): Scanned {
    return { found: this.#found, beside: [...this.#beside], isWhole: this.#isWhole };
  }

  #cut(): void {
    this.#isWhole = false;
  }

  #take({ key, etag, bytes }: Held & { key: string }): void {
    if (this.#named.has(key)) this.#found.set(key, { etag, bytes });
    else if (this.scanning.isOurs(key)) this.#beside.add(key);
  }

  /** The first named key after one, by its index; -1 if there is none. */
  #nextAfter(key: string): number {
    let [from, to] = [0, this.keys.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (byteOrder(this.keys[middle]!, key) > 0) to = middle;
      else from = middle + 1;
    }
    return from === this.keys.length ? -1 : from;
  }
}

/** The beginning of a named key that its neighbors of the same window share: its folder, or more. */
function neighborhood(keys: readonly string[], index: number, prefix: string): string {
  const key = keys[index] ?? "";
  const shared = [keys[index - 1], keys[index + 1]].map((other) => (other === undefined ? "" : common(key, other)));
  const candidates = [prefix, key.slice(0, key.lastIndexOf("/") + 1), ...shared];
  const begin = candidates.reduce((longest, one) => (one.length > longest.length ? one : longest));
  // Half of a surrogate pair is no text.
  return /[\ud800-\udbff]$/.test(begin) ? begin.slice(0, -1) : begin;
}

function common(a: string, b: string): string {
  let length = 0;
  // Shorter than either: what follows a key doesn't include it.
  while (length < Math.min(a.length, b.length) - 1 && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
