import type { Reporter } from "./finding";
import type { Inventory } from "./inventory";
import type { Receipt } from "./shapes/receipt";
import { isVoid, readStatement } from "./statement";
import { readEach } from "./statements";
import type { Summary } from "./summary";
import type { Place, Tools } from "./tools";

interface Where {
  place: Place;
  tools: Tools;
  inventory: Inventory;
  reporter: Reporter;
  root: string;
}

/** Reports objects that no receipt names: a reader of the folder would take their rows for exported ones. */
export async function checkExtras(dead: readonly Summary[], where: Where): Promise<void> {
  const { inventory, reporter } = where;
  const extras = new Set(
    inventory.unnamed().filter((name) => {
      const { kind, size } = inventory.get(name)!;
      return kind.is === "data" || kind.is === "json" || (kind.is === "success" && size > 0);
    }),
  );
  if (extras.size === 0) return;
  const left = await leftOvers(dead, extras, where);
  for (const name of [...extras].sort())
    reporter.about(name).wrong("extra", "an object that a receipt names", left.get(name) ?? "not named by any receipt");
}

/** Objects that only a replaced or void receipt names, and by which. */
async function leftOvers(
  dead: readonly Summary[],
  extras: ReadonlySet<string>,
  { place, tools, root }: Where,
): Promise<Map<string, string>> {
  const left = new Map<string, string>();
  const objects = dead.filter(({ keys }) => keys.length > 0).map(({ name }) => name);
  for await (const it of readEach(place, objects)) {
    const read = "bytes" in it ? readStatement(it.bytes, tools) : null;
    if (!read || "problem" in read || isVoid(read.document)) continue;
    for (const { key } of (read.document as Receipt).files)
      if (extras.has(key.slice(root.length)))
        left.set(key.slice(root.length), `named only by ${it.name}, which no longer counts`);
  }
  return left;
}
