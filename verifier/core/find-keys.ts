import { textOf } from "./bytes";
import { messageOf, type Reporter } from "./finding";
import type { Inventory } from "./inventory";
import { Keys } from "./keys";
import type { Options } from "./options";
import { readAll } from "./read-all";
import type { Place, Tools } from "./tools";

interface Where {
  place: Place;
  tools: Tools;
  inventory: Inventory;
  reporter: Reporter;
}

const BESIDE =
  "Signatures were checked with the keys beside the receipts. This shows that nothing was damaged, but anyone who can write there can replace both. Pass a copy of the keys from elsewhere.";

/** The keys that signatures are checked with. Says where they are from, because that is what a signature is worth. */
export async function findKeys(options: Options, { place, tools, inventory, reporter }: Where): Promise<Keys> {
  const { keys: given, kid, publicKey } = options;
  const keys = new Keys(tools, kid);
  if (publicKey !== null) {
    keys.addPinned(publicKey, reporter.about("the given key"));
    reporter.note(`Signatures were checked with the given key ${keys.ids.join()}.`);
    return keys;
  }
  if (given) {
    keys.addSet(given.text, reporter.about(given.from));
    reporter.note(`Signatures were checked with the keys of ${given.from}.`);
    return keys;
  }
  const names = inventory.names("keys");
  for (const name of names) {
    const about = reporter.about(name);
    try {
      keys.addSet(textOf(await readAll(place, name)), about);
    } catch (error) {
      about.unknown("public key", "a key set", messageOf(error));
    }
  }
  if (kid !== null) reporter.note(`Signatures were checked with the given key ID ${kid}.`);
  else if (names.length > 0) reporter.note(`${BESIDE} Keys: ${keys.ids.join(", ") || "none"}.`);
  return keys;
}
