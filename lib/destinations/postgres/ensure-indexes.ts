import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import type { Target } from "../warehouse/target";
import { type Found, type Index, indexesOf, indexesOn, indexName, isFormer, isSame, ownTable } from "./indexes";
import { quote } from "./sql";

/** How long a run waits for the indexes of a table that was there before, in ms. */
const PATIENCE = 120_000;

/** Something else is at the same index or in its way, or the server lets no statement take that long. */
const NOT_NOW = ["23505", "40P01", "42P07", "55P03", "57014"];

/**
 * Makes the indexes that a table lacks, and then drops those of earlier versions that they replace, while others write to the
 * table. Not within a transaction, and the last thing that a connection does: what takes longer than `patience` (in ms) is not
 * waited for, and the server goes on with it. A later run does what is left to do.
 */
export async function ensureIndexes(client: Client, schema: string, target: Target, patience = PATIENCE) {
  const oid = await ownTable(client, target);
  if (oid === null) return;
  const over = new AbortController();
  const late = pause(patience, false, { signal: over.signal }).catch(() => false);
  const work = ensureAll(client, { schema, target, oid });
  work.catch(() => {});
  try {
    await Promise.race([work, late]);
  } catch (error) {
    if (!NOT_NOW.includes((error as { code?: string }).code ?? "")) throw error;
  } finally {
    over.abort();
  }
}

interface IndexedTable {
  schema: string;
  target: Target;
  oid: string;
}

async function ensureAll(client: Client, place: IndexedTable): Promise<void> {
  for (const index of indexesOf(place.target.table, place.target.bare))
    for (;;) {
      const next = nextStep(place, index, await indexesOn(client, place.oid));
      if (next === null) break;
      await client.query(next);
    }
}

/** The next statement that an index takes; null where nothing is left to do, or another session does it. */
export function nextStep({ schema, target, oid }: IndexedTable, index: Index, there: readonly Found[]): string | null {
  const drop = ({ name }: Found) => `DROP INDEX CONCURRENTLY IF EXISTS ${quote(schema)}.${quote(name)}`;
  const isReplaced = index.formerly?.isReplaced ?? false;
  const former = there.find((found) => isFormer(index, found));
  const same = there.find((found) => isSame(index, found)) ?? (isReplaced ? undefined : former);
  if (!same) return `CREATE INDEX CONCURRENTLY ${quote(indexName(index, target, oid))} ON ${target.name} ${index.on}`;
  if (same.isBeingMade) return null;
  // What a build that broke off has left costs every row that is put in, and is read by nobody.
  if (!same.isValid) return drop(same);
  return isReplaced && former ? drop(former) : null;
}
