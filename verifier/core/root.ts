import type { Inventory } from "./inventory";
import { kindOf } from "./names";
import type { Summary } from "./summary";

/** All that a key may begin with outside the folder: nothing, or some of its folders. */
function* rootsOf(key: string): Generator<string> {
  yield "";
  for (let at = key.indexOf("/"); at !== -1; at = key.indexOf("/", at + 1)) yield key.slice(0, at + 1);
}

/** The chain lies at the connection's prefix, so it says exactly where the folder begins. */
function fromChain(links: readonly Summary[]): string | null {
  for (const { name, prefix } of links) {
    const kind = kindOf(name);
    if (kind.is === "link" && prefix?.endsWith(kind.prefix)) return prefix.slice(0, prefix.length - kind.prefix.length);
  }
  return null;
}

/**
 * What the keys of objects begin with, but their names in the checked place don't: a folder may be a copy of any part
 * of a bucket. One answer for all receipts, so that none finds its files where another one's are.
 */
export function findRoot(
  manifests: readonly Summary[],
  links: readonly Summary[],
  inventory: Pick<Inventory, "has">,
): string {
  const known = fromChain(links);
  if (known !== null) return known;
  const votes = new Map<string, number>();
  for (const key of manifests.flatMap(({ keys }) => keys))
    for (const root of rootsOf(key))
      if (inventory.has(key.slice(root.length))) votes.set(root, (votes.get(root) ?? 0) + 1);
  // The sort keeps the order of equals: shorter roots come first.
  const [best] = [...votes].sort(([a, first], [b, second]) => second - first || a.length - b.length);
  return best?.[0] ?? "";
}
