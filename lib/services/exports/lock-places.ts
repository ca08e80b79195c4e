import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { KeyPlace } from "./key-place";

/** As many folders tell places apart: all that lies deeper is one place, so that a lock is not many. */
const DEPTH = 8;

/**
 * Until the transaction ends, nobody else saves an export whose keys could meet those of this place, or neither would see the other. The folder
 * that a lead lies in is held alone, those above it are shared: one of two leads that meet lies in the other's folder, or in one below it.
 */
export async function lockPlaces(tx: Tx, { address, leads }: KeyPlace): Promise<void> {
  const alone = new Map<string, boolean>();
  for (const { text } of leads)
    for (const { folder, isLast } of foldersOf(text)) alone.set(folder, isLast || alone.get(folder) === true);
  // In one order, so that two that save at once wait for each other instead of blocking each other; the address itself is the first.
  const folders = [...alone.keys()].sort();
  await lock(
    tx,
    folders.map((folder) => nameOf(address, folder)),
    folders.map((folder) => alone.get(folder)!),
  );
}

/** The same for everything at an address. */
export const lockAddress = (tx: Tx, address: string): Promise<void> => lock(tx, [nameOf(address, "")], [true]);

/** An address alone is what earlier versions lock. */
const nameOf = (address: string, folder: string) => (folder === "" ? address : `${address}/${folder}`);

async function lock(tx: Tx, names: string[], alone: boolean[]): Promise<void> {
  await tx.execute(sql`
    select case when p.alone then pg_advisory_xact_lock(hashtextextended(p.name, 0))
      else pg_advisory_xact_lock_shared(hashtextextended(p.name, 0)) end
    from unnest(${sql.param(names)}::text[], ${sql.param(alone)}::boolean[]) as p(name, alone)`);
}

/** The folder of a path and its ancestors, the topmost first. */
function foldersOf(text: string): { folder: string; isLast: boolean }[] {
  const names = text.split("/").slice(0, -1).slice(0, DEPTH);
  return ["", ...names].map((_, index) => ({
    folder: names
      .slice(0, index)
      .map((name) => `${name}/`)
      .join(""),
    isLast: index === names.length,
  }));
}
