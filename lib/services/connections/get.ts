import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import type { Connection } from "@/lib/schemas/connection";
import type { Actor } from "@/lib/services/auth/actor";
import { loadConnection, usedByExports } from "./load";
import { toConnection } from "./to-wire";

/** One connection with how many exports use it. */
export async function getConnection(actor: Actor, input: { id: string }): Promise<Connection> {
  const row = await loadConnection(actor, input.id);
  const [used] = await getDb().select({ count: usedByExports }).from(connections).where(eq(connections.id, row.id));
  return toConnection(row, used?.count ?? 0);
}
