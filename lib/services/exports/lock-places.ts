import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { KeyPlace } from "./key-place";

/** Folder levels that distinguish places. Anything deeper is one place, which bounds the number of locks. */
const DEPTH = 8;

/**
 * Until the transaction ends, blocks saving any other export whose keys could match this place's; otherwise neither
 * would see the other. A lead's own folder is locked exclusively, its ancestors shared: of two leads that match, one is
 * in the other's folder or below it.
 */
export async function lockPlaces(tx: Tx, { address, leads }: KeyPlace): Promise<void> {
  const alone = new Map<string, boolean>();
  for (const { text } of leads)
    for (const { folder, isLast } of foldersOf(text)) alone.set(folder, isLast || alone.get(folder) === true);
  // Sorted, so that concurrent saves wait instead of deadlocking. The address itself comes first.
  const folders = [...alone.keys()].sort();
  await lock(
    tx,
    folders.map((folder) => nameOf(address, folder)),
    folders.map((folder) => alone.get(folder)!),
  );
}

/** Locks everything at an address. */
export const lockAddress = (tx: Tx, address: string): Promise<void> => lock(tx, [nameOf(address, "")], [true]);

/** Earlier versions lock the bare address. */
const nameOf = (address: string, folder: string) => (folder === "" ? address : `${address}/${folder}`);

async function lock(tx: Tx, names: string[], alone: boolean[]): Promise<void> {
  await tx.execute(sql`
    select case when p.alone then pg_advisory_xact_lock(hashtextextended(p.name, 0))
      else pg_advisory_xact_lock_shared(hashtextextended(p.name, 0)) end
    from unnest(${sql.param(names)}::text[], ${sql.param(alone)}::boolean[]) as p(name, alone)`);
}

/** A path's folder and its ancestors, topmost first. */
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
