import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { user } from "@/lib/db/schema";
import type { Me } from "@/lib/schemas/me";
import { type Actor, requirePerson } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { getMe } from "@/lib/services/auth";

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
