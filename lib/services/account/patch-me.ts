import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { user } from "@/lib/db/schema";
import type { Me } from "@/lib/schemas/me";
import { recordAudit } from "@/lib/services/audit/record";
import type { Actor } from "@/lib/services/auth/actor";
import { getMe } from "@/lib/services/auth/me";
import { requirePerson } from "@/lib/services/auth/person";

/** Changes the signed-in person's name. */
export async function patchMe(actor: Actor, { name }: { name: string }): Promise<Me> {
  const { userId } = requirePerson(actor);
  await getDb().transaction(async (tx) => {
    const [old] = await tx.select({ name: user.name }).from(user).where(eq(user.id, userId)).for("no key update");
    if (old?.name === name) return;
    await tx.update(user).set({ name, updatedAt: new Date() }).where(eq(user.id, userId));
    await recordAudit(tx, actor, {
      action: "account.update",
      object: { id: userId, name: actor.name },
      before: old ?? null,
      after: { name },
    });
  });
  return getMe(actor);
}
