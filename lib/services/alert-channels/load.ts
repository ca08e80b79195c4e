import { and, eq } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import type { ChannelRow } from "@/lib/db/rows";
import { alertChannels } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Actor } from "@/lib/services/access";

/** The channel, if it is the organization's. Within a transaction `lock` holds it until the end. */
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
