import { eq, isNull } from "drizzle-orm";
import pMap from "p-map";
import { exports, installation } from "@/lib/db/schema";
import { writesFiles } from "@/lib/destinations/catalog";
import { folderOf } from "@/lib/destinations/connection";
import { chainKey, keepsChain } from "@/lib/destinations/files/chain";
import type { Dependencies } from "@/lib/services/dependencies";
import { getLogger, loggable } from "@/lib/services/logger";
import { MINUTE } from "@/lib/units";
import { MOST_OF_RECEIPT as MOST, readLink } from "./judge-link";
import { loadExport, type Recovering, withOpened } from "./load-export";

/** Buckets looked at together, and for how long in total, in ms. */
const LANES = 8;
const PATIENCE = MINUTE;

/**
 * Whether a bucket holds a receipt that comes after the ledger's last one of its export: then the ledger, and Temporal
 * with it, were restored from a backup. Returns a sentence about the first that is found, or null. Buckets that can't be
 * asked say nothing.
 */
export async function receiptAhead(deps: Dependencies): Promise<string | null> {
  const { db } = deps;
  const rows = await db
    .select({ id: exports.id, destination: exports.destination })
    .from(exports)
    .where(isNull(exports.deletedAt));
  const until = Date.now() + PATIENCE;
  let found: string | null = null;
  await pMap(
    rows.filter(({ destination }) => writesFiles(destination) && keepsChain(destination)),
    async ({ id }) => {
      if (found !== null || Date.now() > until) return;
      try {
        const loaded = await loadExport(db, id);
        const { spec, connection } = loaded;
        const next = spec.chainSequence + 1;
        const key = chainKey(folderOf(connection), id, next);
        const seen = await withOpened(loaded, async ({ objects }) => objects?.see(key) ?? null);
        if (seen === null || seen === "refused" || seen.writer?.exportId !== id) return;
        // Another worker may have added it just now.
        if ((await hasLink(db, id, next)) || (await isOfBefore(deps, loaded, key))) return;
        found = `The bucket of the export “${spec.name}” holds its receipt ${next}; this database ends with ${spec.chainSequence}.`;
      } catch (error) {
        getLogger().warn({ exportId: id, error: loggable(error) }, "Could not look for newer receipts in a bucket.");
      }
    },
    { concurrency: LANES },
  );
  return found;
}

async function hasLink(db: Dependencies["db"], exportId: string, sequence: number): Promise<boolean> {
  const [row] = await db.select({ last: exports.chainSequence }).from(exports).where(eq(exports.id, exportId));
  return (row?.last ?? 0) >= sequence;
}

/** Whether a receipt is from before the last decision about this installation, which left it where it is. */
async function isOfBefore({ db }: Dependencies, loaded: Recovering, key: string): Promise<boolean> {
  const [row] = await db.select({ at: installation.recoveredAt }).from(installation);
  if (!row?.at) return false;
  const stored = await withOpened(loaded, async ({ objects }) => objects?.read(key, MOST) ?? null);
  const link = stored && typeof stored === "object" ? readLink(stored.text) : null;
  return link !== null && new Date(link.committedAt) < row.at;
}
