import { getDb } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { passwordSchema } from "@/lib/schemas/me";
import { auditReset } from "./audited";
import { insertLink, type ResetLink } from "./links";
import { type Login, lockLogin, loginOf } from "./login";
import { setPassword } from "./set-password";

const FROM = { by: "the reset-password command" };

/** Creates a link for an operator to hand over. Throws a 404 if the address has no login. */
export async function resetByLink(email: string): Promise<ResetLink> {
  const login = await existing(email);
  return getDb().transaction(async (tx) => {
    await auditReset(tx, login, "account.request-reset", FROM);
    return insertLink(tx, login);
  });
}

/** Sets a login's password for an operator and ends its sessions. Throws if the password is too short or too long. */
export async function resetByOperator(email: string, password: string): Promise<void> {
  const checked = passwordSchema.safeParse(password);
  if (!checked.success) throw new Error(`This password isn’t valid. ${checked.error.issues[0]?.message}`);
  const { userId } = await existing(email);
  await getDb().transaction(async (tx) => {
    const login = await lockLogin(tx, userId);
    if (!login) throw notFound("login");
    await setPassword(tx, login, password, FROM);
  });
}

async function existing(email: string): Promise<Login> {
  const login = await loginOf(email);
  if (!login) throw new Error(`No one signs in with ${email}.`);
  return login;
}
