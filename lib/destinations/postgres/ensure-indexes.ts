import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import type { Target } from "../warehouse/target";
import { type Found, type Index, indexesOf, indexesOn, indexName, isFormer, isSame, ownTable } from "./indexes";
import { quote } from "./sql";

/** How long a run waits for the indexes of an existing table, in ms. */
const PATIENCE = 120_000;

/** Another session makes the same index or blocks it, or the server limits how long a statement takes. */
const NOT_NOW = ["23505", "40P01", "42P07", "55P03", "57014"];

/**
 * Creates the indexes that a table lacks, then drops the earlier versions' that they replace, while others write to the
 * table. Call it outside a transaction and last on a connection: after `patience` (in ms) it stops waiting, and the
 * server carries on. A later run does the rest.
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

/** The next statement for an index; null if nothing is left to do, or another session is doing it. */
export function nextStep({ schema, target, oid }: IndexedTable, index: Index, there: readonly Found[]): string | null {
  const drop = ({ name }: Found) => `DROP INDEX CONCURRENTLY IF EXISTS ${quote(schema)}.${quote(name)}`;
  const isReplaced = index.formerly?.isReplaced ?? false;
  const former = there.find((found) => isFormer(index, found));
  const same = there.find((found) => isSame(index, found)) ?? (isReplaced ? undefined : former);
  if (!same) return `CREATE INDEX CONCURRENTLY ${quote(indexName(index, target, oid))} ON ${target.name} ${index.on}`;
  if (same.isBeingMade) return null;
  // An index left by a failed build slows every insert and serves no query.
  if (!same.isValid) return drop(same);
  return isReplaced && former ? drop(former) : null;
}
