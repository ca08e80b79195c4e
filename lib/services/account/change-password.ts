import { hashPassword, verifyPassword } from "better-auth/crypto";
import { and, eq, ne } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { account, session } from "@/lib/db/schema";
import { invalidField } from "@/lib/errors";
import type { ChangePassword } from "@/lib/schemas/me";
import { type Actor, requirePerson } from "@/lib/services/access";
import { recordAudit, Secret } from "@/lib/services/audit";
import { forget, spend } from "@/lib/services/rate-limits";

/** Changes the password, given the current one, and ends the person's other sessions. */
export async function changePassword(actor: Actor, input: ChangePassword): Promise<undefined> {
  const { userId, sessionId } = requirePerson(actor);
  await spend("password", userId);
  await getDb().transaction(async (tx) => {
    const [login] = await tx
      .select({ id: account.id, hash: account.password })
      .from(account)
      .where(and(eq(account.userId, userId), eq(account.providerId, "credential")))
      .for("update");
    if (!login?.hash || !(await verifyPassword({ hash: login.hash, password: input.currentPassword })))
      throw wrongPassword();
    await tx
      .update(account)
      .set({ password: await hashPassword(input.newPassword), updatedAt: new Date() })
      .where(eq(account.id, login.id));
    await tx.delete(session).where(and(eq(session.userId, userId), ne(session.id, sessionId)));
    const after = { password: new Secret("changed") };
    await recordAudit(tx, actor, { action: "account.password", object: { id: userId, name: actor.name }, after });
  });
  await forget("password", userId);
}

const wrongPassword = () => invalidField("currentPassword", "Wrong password.");
