import { eq, isNull, sql } from "drizzle-orm";
import pMap from "p-map";
import type { Db } from "@/lib/db/client";
import { exports, installation } from "@/lib/db/schema";
import { writesFiles } from "@/lib/destinations/catalog";
import { folderOf } from "@/lib/destinations/connection";
import { chainKey, keepsChain } from "@/lib/destinations/files/chain";
import type { Dependencies } from "@/lib/services/dependencies";
import { getLogger, loggable } from "@/lib/services/logger";
import { MINUTE } from "@/lib/units";
import { judgeLink, MOST_OF_RECEIPT } from "./judge-link";
import { loadExport, withOpened } from "./load-export";
import { publicParts } from "./recover-export";

/** Buckets looked at together, and for how long in total, in ms. */
const LANES = 8;
const PATIENCE = 5 * MINUTE;

/**
 * Whether a bucket holds a receipt that comes after the ledger's last one of its export: then the ledger, and Temporal
 * with it, were restored from a backup. Returns a sentence about the first that is found, or null. Only receipts that
 * this installation signed count; buckets that can't be asked say nothing.
 */
export async function receiptAhead({ db }: Dependencies, signal: AbortSignal): Promise<string | null> {
  const rows = await db
    .select({ id: exports.id, destination: exports.destination })
    .from(exports)
    .where(isNull(exports.deletedAt));
  const asked = rows.filter(({ destination }) => writesFiles(destination) && keepsChain(destination));
  const keys = await publicParts(db);
  const [until, left] = [Date.now() + PATIENCE, new Set(asked.map(({ id }) => id))];
  let found: string | null = null;
  await pMap(
    asked,
    async ({ id }) => {
      if (found !== null || signal.aborted || Date.now() > until) return;
      try {
        const facts = await aheadOf(db, id, keys);
        // Another lane may have found one meanwhile, which nothing must replace by null.
        found ??= facts;
      } catch (error) {
        getLogger().warn({ exportId: id, error: loggable(error) }, "Looking for newer receipts in a bucket failed.");
      }
      left.delete(id);
    },
    { concurrency: LANES },
  );
  if (found === null && left.size > 0)
    getLogger().warn({ exports: left.size }, "Looking for newer receipts in all buckets took too long.");
  return found;
}

async function aheadOf(db: Db, id: string, keys: ReadonlyMap<string, string>): Promise<string | null> {
  const loaded = await loadExport(db, id);
  const { spec, connection } = loaded;
  const next = spec.chainSequence + 1;
  const key = chainKey(folderOf(connection), id, next);
  const stored = await withOpened(loaded, async ({ objects }) => objects?.read(key, MOST_OF_RECEIPT) ?? null);
  if (!stored || typeof stored !== "object") return null;
  const link = judgeLink(stored.text, { exportId: id, keys });
  if ("why" in link || link.exportId !== id || link.sequence !== next) return null;
  const [now] = await db
    .select({ sequence: exports.chainSequence, recoveredAt: installation.recoveredAt })
    .from(exports)
    .leftJoin(installation, sql`true`)
    .where(eq(exports.id, id));
  // Another worker may have added it just now; and the last decision may have left it where it is.
  const isKnown = (now?.sequence ?? 0) >= next;
  const isOfBefore = now?.recoveredAt != null && new Date(link.committedAt) < now.recoveredAt;
  if (isKnown || isOfBefore) return null;
  return `The bucket of the export “${spec.name}” has receipt ${next}, but the last receipt in this database is ${spec.chainSequence}.`;
}
