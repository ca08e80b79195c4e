import type { ChainLink, ReceiptV2 } from "@/lib/fields/receipt";
import { linkHash } from "@/lib/receipts/hash";

/** Links in the order in which they are adopted, and what the bucket lacks between them. */
export interface Adoption {
  links: ChainLink[];
  /** Numbers of links that are missing between the ledger's last and the highest that was found. */
  missing: number[];
  /** The chain's new end. */
  sequence: number;
  head: string;
  /** Receipts that a later link voids, by number: the number of that link. */
  voidedBy: Map<number, number>;
  /** Numbers whose link names another predecessor than the one that was found. */
  torn: number[];
}

/**
 * Whether what was found continues the ledger's chain: its first link names the ledger's last one. A chain that forked
 * earlier, as by an installation that continued without reading, must not take the place of the ledger's.
 */
export const follows = ({ chainHead }: { chainHead: string | null }, { missing, links }: Adoption): boolean =>
  missing.length > 0 || links[0]?.previous === chainHead;

/** Orders what was found of a chain beyond the ledger's last link. Null if there is nothing. */
export function planAdoption(
  known: { chainSequence: number; chainHead: string | null },
  found: ReadonlyMap<number, ChainLink>,
): Adoption | null {
  const links = [...found.values()].toSorted((a, b) => a.sequence - b.sequence);
  const last = links.at(-1);
  if (!last) return null;
  const missing: number[] = [];
  const torn: number[] = [];
  let head = known.chainHead;
  for (let number = known.chainSequence + 1; number <= last.sequence; number += 1) {
    const link = found.get(number);
    if (!link) missing.push(number);
    else if (head !== null && link.previous !== head) torn.push(number);
    head = link ? linkHash(link) : null;
  }
  const voidedBy = new Map(
    links.flatMap((link) => (link.type === "void" ? [[link.voids.sequence, link.sequence]] : [])),
  );
  return { links, missing, sequence: last.sequence, head: linkHash(last), voidedBy, torn };
}

/** The receipt of each window that counts: the newest that no link voids. */
export function currentReceipts({ links, voidedBy }: Adoption): Map<string, ReceiptV2> {
  const current = new Map<string, ReceiptV2>();
  for (const link of links)
    if (link.type === "receipt" && !voidedBy.has(link.sequence)) current.set(windowOf(link), link);
  return current;
}

/** A window as text. */
export const windowOf = ({ intervalStart, intervalEnd }: Pick<ReceiptV2, "intervalStart" | "intervalEnd">): string =>
  `${intervalStart}/${intervalEnd}`;
