import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { alertChannels } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { auditedChannel } from "./describe";
import { loadChannel } from "./load";

/** Deletes a channel with its secret and pending deliveries. */
export async function deleteAlertChannel(actor: Actor, { id }: { id: string }): Promise<undefined> {
  await getDb().transaction(async (tx) => {
    const row = await loadChannel(actor, id, { tx, lock: true });
    await tx
      .delete(alertChannels)
      .where(and(eq(alertChannels.id, id), eq(alertChannels.organizationId, actor.organizationId)));
    const object = { id, name: row.name };
    await recordAudit(tx, actor, { action: "alert-channel.delete", object, before: auditedChannel(row) });
  });
}
