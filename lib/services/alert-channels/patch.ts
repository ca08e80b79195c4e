import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { alertChannels } from "@/lib/db/schema";
import type { AlertChannel, PatchAlertChannel } from "@/lib/schemas/alert";
import type { Actor } from "@/lib/services/access";
import { recordAudit, Secret } from "@/lib/services/audit";
import { checkUrl, requireWebhook } from "./check-url";
import { auditedChannel, describeChannel } from "./describe";
import { loadChannel } from "./load";
import { openChannel, sealChannel } from "./secrets";

/** Changes a channel. The signing secret stays, even if the URL changes. */
export async function patchAlertChannel(
  actor: Actor,
  { id, url, ...given }: PatchAlertChannel & { id: string },
): Promise<AlertChannel> {
  if (url !== undefined) await checkUrl(url, actor.organizationId);
  const row = await getDb().transaction(async (tx) => {
    const stored = await loadChannel(actor, id, { tx, lock: true });
    requireWebhook(stored.kind, given.receipts);
    const before = openChannel(stored);
    const moved = url === undefined ? {} : { host: new URL(url).host, secrets: sealChannel(id, { ...before, url }) };
    const [saved] = await tx
      .update(alertChannels)
      .set({ ...given, ...moved, updatedAt: new Date() })
      .where(and(eq(alertChannels.id, id), eq(alertChannels.organizationId, actor.organizationId)))
      .returning();
    await recordAudit(tx, actor, {
      action: "alert-channel.update",
      object: { id, name: saved!.name },
      // The log records only that the address changed.
      before: { ...auditedChannel(stored), url: new Secret(before.url) },
      after: { ...auditedChannel(saved!), url: new Secret(url ?? before.url) },
    });
    return saved!;
  });
  return describeChannel(row);
}
