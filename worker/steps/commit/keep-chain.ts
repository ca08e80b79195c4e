import type { Db } from "@/lib/db/client";
import { folderOf } from "@/lib/destinations/connection";
import { chainKey, publicKeysKey } from "@/lib/destinations/files/chain";
import type { ObjectStore } from "@/lib/destinations/types";
import type { ChainLink } from "@/lib/fields/receipt";
import { canonicalJson } from "@/lib/receipts/canonical";
import { type PublicKeys, publicKeysSchema } from "@/lib/schemas/receipt";
import { delayLinks, noteStored, runsWithUnstoredLinks, unstoredLinks, voidAbandoned } from "@/lib/services/ledger";
import { getLogger, loggable } from "@/lib/services/logger";
import { publicKeys } from "@/lib/services/signing";
import { isNowForeign } from "../fence";
import { type LoadedRun, loadRun, withDestination } from "../load";
import { asPinned } from "../pinned";

/** Runs per round, and its time limit in ms. The next round starts a minute later. */
const ROUND = 50;
const LONGEST = 20_000;

/** Places whose keys this process has seen, so that most commits don't read them. */
const published = new Set<string>();

/**
 * Writes links of a run's chain into its bucket, with the keys that verify them. Idempotent. Throws an `ExportError`.
 */
export async function keepChain(
  db: Db,
  { run, connection }: LoadedRun,
  objects: ObjectStore,
  links: readonly ChainLink[],
): Promise<void> {
  const prefix = folderOf({ type: connection.type, config: run.pinned?.config ?? connection.config });
  for (const link of links) {
    await shareKeys(db, objects, `${run.address}`, prefix, link.signature.kid);
    await objects.keep({ key: chainKey(prefix, link.exportId, link.sequence), text: canonicalJson(link) });
  }
}

async function shareKeys(db: Db, objects: ObjectStore, address: string, prefix: string, kid: string): Promise<void> {
  const key = publicKeysKey(prefix);
  const place = `${address} ${key} ${kid}`;
  if (published.has(place)) return;
  const { keys } = await publicKeys(db);
  await objects.share(key, (stored) => withKeys(stored, keys));
  if (published.size > 10_000) published.clear();
  published.add(place);
}

/** A stored key set with these keys; null if it has them all. Keys of other installations stay. */
export function withKeys(stored: string | null, ours: PublicKeys["keys"]): string | null {
  const theirs = stored === null ? [] : readKeys(stored);
  const byId = new Map([...theirs, ...ours].map((key) => [key.kid, key]));
  const text = canonicalJson({ keys: [...byId.values()].toSorted((a, b) => (a.notBefore < b.notBefore ? -1 : 1)) });
  return text === stored ? null : text;
}

/** Something that isn't a key set is another's object: it stays. */
function readKeys(text: string): PublicKeys["keys"] {
  try {
    return publicKeysSchema.parse(JSON.parse(text)).keys;
  } catch (cause) {
    throw new Error("The object under the key of the public keys isn't a key set.", { cause });
  }
}

/** Writes links that commits could not write, or that void receipts. Returns how many runs it checked. */
export async function keepChains(db: Db): Promise<number> {
  const until = Date.now() + LONGEST;
  let done = await voidAbandoned(db, ROUND);
  for (const id of await runsWithUnstoredLinks(db, ROUND)) {
    if (Date.now() > until) break;
    await keepChainOf(db, id).catch(async (error) => {
      await delayLinks(db, id);
      getLogger().warn({ runId: id, error: loggable(error) }, "A link of a receipt chain isn't in its bucket yet.");
    });
    done += 1;
  }
  return done;
}

async function keepChainOf(db: Db, runId: string): Promise<void> {
  const loaded = await asPinned(db, await loadRun(db, runId));
  await withDestination(db, loaded, async ({ objects }) => {
    if (!objects || (await isNowForeign(db, loaded))) return;
    const links = await unstoredLinks(db, runId);
    await keepChain(db, loaded, objects, links);
    await noteStored(
      db,
      loaded.run.exportId,
      links.map(({ sequence }) => sequence),
    );
  });
}
