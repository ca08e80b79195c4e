import type { Tx } from "@/lib/db/client";
import type { ConnectionRow } from "@/lib/db/rows";
import { canonicalAddress } from "@/lib/destinations/canonical-address";
import { writesFiles } from "@/lib/destinations/catalog";
import { folderOf } from "@/lib/destinations/connection";
import { conflict } from "@/lib/errors";
import type { Actor } from "@/lib/services/access";
import { checkKeys, keyPlaceOf, lockAddress, moveLeads } from "@/lib/services/exports";
import { exportsOf } from "./exports-of";

/**
 * Throws a 409 if the connection's exports would write outside its prefix or over another export's files; otherwise
 * records where they write.
 */
export async function checkExports(tx: Tx, actor: Actor, connection: ConnectionRow): Promise<void> {
  const users = await exportsOf(tx, connection);
  const prefix = folderOf(connection);
  const outside = users.filter(({ destination }) => writesFiles(destination) && !destination.prefix.startsWith(prefix));
  if (outside.length > 0) {
    const names = outside.map(({ name }) => `“${name}”`).join(", ");
    throw conflict(
      "prefix_in_use",
      `${names} would write outside the prefix ${prefix}. Give ${outside.length === 1 ? "it a prefix" : "them prefixes"} below it first.`,
      outside.map(({ id, name }) => ({ path: `exports.${id}`, message: name })),
    );
  }
  const address = canonicalAddress(connection);
  await lockAddress(tx, address);
  for (const row of users) {
    const place = await keyPlaceOf(tx, row, connection.config);
    if (place) await checkKeys(tx, actor, place, row.id);
  }
  await moveLeads(tx, connection.id, address);
}
