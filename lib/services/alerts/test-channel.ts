import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { organizations } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { TestAlertChannel } from "@/lib/schemas/alert";
import type { Actor } from "@/lib/services/access";
import { loadChannel, postToChannel } from "@/lib/services/alert-channels";
import { testPayload } from "./payload";

/** Posts a test to a channel, enabled or not, and returns the outcome. Stores nothing. */
export async function testAlertChannel(actor: Actor, { id }: { id: string }): Promise<TestAlertChannel> {
  const channel = await loadChannel(actor, id);
  const [organization] = await getDb()
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(eq(organizations.id, actor.organizationId));
  if (!organization) throw notFound("organization");
  const message = await postToChannel(channel, randomUUID(), testPayload(channel.kind, organization, new Date()));
  return message === null
    ? { ok: true, message: `${channel.host} accepted the test message.` }
    : { ok: false, message };
}
