import { asc, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { alertChannels } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { AlertChannel } from "@/lib/schemas/alert";
import type { Actor } from "@/lib/services/access";
import { describeChannels } from "./describe";

/** Lists all of the organization's channels, oldest first. They are few, so there is one page. */
export async function listAlertChannels(actor: Actor): Promise<List<AlertChannel>> {
  const rows = await getDb()
    .select()
    .from(alertChannels)
    .where(eq(alertChannels.organizationId, actor.organizationId))
    .orderBy(asc(alertChannels.createdAt), asc(alertChannels.id));
  return { items: await describeChannels(rows), nextCursor: null };
}
