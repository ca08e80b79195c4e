import type { Tx } from "@/lib/db/client";
import { conflict } from "@/lib/errors";
import type { Actor } from "@/lib/services/auth/actor";
import { checkKeys } from "@/lib/services/exports/check-keys";
import { exportsOf } from "./exports-of";
import type { ConnectionRow } from "./load";

/** Refuses settings under which exports of the connection would write outside its prefix, or over another export's files. */
export async function checkExports(tx: Tx, actor: Actor, connection: ConnectionRow): Promise<void> {
  const users = await exportsOf(tx, connection);
  const prefix = "prefix" in connection.config ? connection.config.prefix : "";
  const outside = users.filter(({ destination }) => "prefix" in destination && !destination.prefix.startsWith(prefix));
  if (outside.length > 0) {
    const names = outside.map(({ name }) => `“${name}”`).join(", ");
    throw conflict(
      "prefix_in_use",
      `${names} would write outside the prefix ${prefix}: give ${outside.length === 1 ? "it a prefix" : "them prefixes"} below it first.`,
      outside.map(({ id, name }) => ({ path: `exports.${id}`, message: name })),
    );
  }
  for (const row of users) await checkKeys(tx, actor, row, connection);
}
