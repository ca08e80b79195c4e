import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { objectKeys, runs, signingKeys } from "@/lib/db/schema";
import { canonicalAddress } from "@/lib/destinations/canonical-address";
import { adopt } from "./adopt";
import { type FoundLinks, findLinks, type KnownManifests, type RefusedObject } from "./find-links";
import { loadExport, type Recovering, withOpened } from "./load-export";
import { type Adoption, follows, planAdoption } from "./plan-adoption";

export interface RecoveredExport {
  /** Windows that the ledger knows again. */
  adopted: number;
  refused: RefusedObject[];
  /** Files of this export's form that no receipt names. */
  orphans: string[];
  /** Whether the listing showed everything. */
  isWhole: boolean;
}

/**
 * Reads an export's receipts from its bucket and enters those that the ledger lacks. Only reads there. Throws an
 * `ExportError` if the bucket can't be listed or read.
 */
export async function recoverExport(db: Db, exportId: string): Promise<RecoveredExport> {
  const loaded = await loadExport(db, exportId);
  return withOpened(loaded, async ({ objects }) => {
    if (!objects) return { adopted: 0, refused: [], orphans: [], isWhole: true };
    const expected = { exportId, keys: await publicParts(db) };
    const found = await findLinks(objects, loaded, expected, await knownManifests(db, exportId));
    const adoption = planAdoption(loaded.spec, found.links);
    const isFork = found.refused.some(({ isFork }) => isFork) || (adoption !== null && !follows(loaded.spec, adoption));
    const adopted = adoption && !isFork ? await adopt(db, loaded, adoption, found) : 0;
    const refused = [...found.refused, ...(adoption ? gapsOf(adoption) : [])];
    return { adopted, refused, orphans: await orphansOf(db, loaded, found), isWhole: found.isWhole };
  });
}

/** Links that are missing, or that don't follow the one before, belong to windows that may have been exported. */
function gapsOf({ missing, torn }: Pick<Adoption, "missing" | "torn">): RefusedObject[] {
  const gap = (why: string) => (number: number) => ({ key: `receipt ${number}`, why, isDoubtful: true });
  return [
    ...missing.map(gap("It isn't in the bucket.")),
    ...torn.map(gap("Its predecessor differs from the stored one.")),
  ];
}

/** The public parts of all keys that ever signed receipts, by id. */
export async function publicParts(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.select({ kid: signingKeys.kid, x: signingKeys.x }).from(signingKeys);
  return new Map(rows.map(({ kid, x }) => [kid, x]));
}

async function knownManifests(db: Db, exportId: string): Promise<KnownManifests> {
  const rows = await db
    .select({ manifest: runs.manifest })
    .from(runs)
    .where(and(eq(runs.exportId, exportId), sql`${runs.manifest} is not null`));
  return new Map(rows.flatMap(({ manifest }) => (manifest ? [[manifest.key, manifest.etag]] : [])));
}

/** Keys per query. */
const BATCH = 5_000;

async function orphansOf(db: Db, { connection }: Recovering, { files }: FoundLinks): Promise<string[]> {
  const orphans: string[] = [];
  const address = canonicalAddress(connection);
  for (let at = 0; at < files.length; at += BATCH) {
    const batch = files.slice(at, at + BATCH);
    const rows = await db
      .select({ key: objectKeys.key })
      .from(objectKeys)
      .where(and(eq(objectKeys.address, address), sql`${objectKeys.key} = any(${sql.param(batch)}::text[])`));
    const known = new Set(rows.map(({ key }) => key));
    orphans.push(...batch.filter((key) => !known.has(key)));
  }
  return orphans;
}
