import { and, eq } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import type { ChannelRow } from "@/lib/db/rows";
import { alertChannels } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Actor } from "@/lib/services/access";

/** Loads the organization's channel or throws a 404. `lock` locks its row until the transaction ends. */
export async function loadChannel(
  actor: Actor,
  id: string,
  { tx = getDb(), lock = false }: { tx?: Tx; lock?: boolean } = {},
): Promise<ChannelRow> {
  const query = tx
    .select()
    .from(alertChannels)
    .where(and(eq(alertChannels.id, id), eq(alertChannels.organizationId, actor.organizationId)));
  const [row] = lock ? await query.for("update") : await query;
  if (!row) throw notFound("alert channel");
  return row;
}
