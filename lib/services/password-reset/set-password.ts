import { hashPassword } from "better-auth/crypto";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { account, session } from "@/lib/db/schema";
import { Secret } from "@/lib/services/audit";
import { auditReset } from "./audited";
import { deleteLinks } from "./links";
import type { Login } from "./login";

/** Sets the password of a locked login, ends all its sessions and links, and records from where. */
export async function setPassword(
  tx: Tx,
  login: Login,
  password: string,
  from: Record<string, unknown>,
): Promise<void> {
  await tx
    .update(account)
    .set({ password: await hashPassword(password), updatedAt: new Date() })
    .where(eq(account.id, login.accountId));
  await tx.delete(session).where(eq(session.userId, login.userId));
  await deleteLinks(tx, login.userId);
  await auditReset(tx, login, "account.reset-password", { ...from, password: new Secret("changed") });
}
