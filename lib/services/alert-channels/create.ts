import { randomBytes, randomUUID } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { alertChannels } from "@/lib/db/schema";
import type { CreateAlertChannel, NewAlertChannel } from "@/lib/schemas/alert";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { checkUrl, requireWebhook } from "./check-url";
import { auditedChannel, describeChannel } from "./describe";
import { sealChannel } from "./secrets";

/** Adds a channel. Only this call returns a webhook's new signing secret. */
export async function createAlertChannel(actor: Actor, input: CreateAlertChannel): Promise<NewAlertChannel> {
  const { kind, name, url, receipts = false } = input;
  requireWebhook(kind, receipts);
  await checkUrl(url, actor.organizationId);
  const id = randomUUID();
  const signingSecret = kind === "webhook" ? randomBytes(32).toString("hex") : null;
  const { organizationId, userId: createdBy } = actor;
  const secrets = sealChannel(id, { url, signingSecret });
  const row = await getDb().transaction(async (tx) => {
    const [inserted] = await tx
      .insert(alertChannels)
      .values({ id, organizationId, kind, name, receipts, secrets, host: new URL(url).host, createdBy })
      .returning();
    const after = auditedChannel(inserted!);
    await recordAudit(tx, actor, { action: "alert-channel.create", object: { id, name }, after });
    return inserted!;
  });
  return { ...(await describeChannel(row)), signingSecret };
}
