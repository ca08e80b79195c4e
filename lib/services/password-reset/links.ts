import { and, eq, gt, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { user, verification } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { newToken, tokenHash } from "@/lib/services/one-time-token";
import { HOUR } from "@/lib/units";
import { type Login, markOf } from "./login";

const VALID_MS = HOUR;

/** A link that sets a new password, and when it expires. */
export interface ResetLink {
  link: string;
  expiresAt: Date;
}

// better-auth's table of one-time values, which nothing else uses: the id is the token's hash.
const identifierOf = (userId: string) => `password-reset:${userId}`;

/**
 * Creates a link for a login. Earlier ones keep working until they expire or one of them is used: otherwise, anyone who
 * knows the address could end the link that its owner is about to open.
 */
export async function insertLink(tx: Tx, login: Login): Promise<ResetLink> {
  const token = newToken();
  const expiresAt = new Date(Date.now() + VALID_MS);
  await tx.delete(verification).where(sql`${verification.expiresAt} < now()`);
  await tx
    .insert(verification)
    .values({ id: tokenHash(token), identifier: identifierOf(login.userId), value: markOf(login), expiresAt });
  // The token is the fragment, which browsers never send: no server logs it, and no Referer has it.
  return { link: `${getEnv().APP_URL.replace(/\/+$/, "")}/reset-password#${token}`, expiresAt };
}

export const deleteLinks = (tx: Tx, userId: string) =>
  tx.delete(verification).where(eq(verification.identifier, identifierOf(userId)));

/** The person and the password mark of a token. Unknown, used, and expired tokens get the same 404. */
export async function loadLink(
  token: string,
  tx: Tx = getDb(),
): Promise<{ userId: string; email: string; mark: string }> {
  const [row] = await tx
    .select({ userId: user.id, email: user.email, mark: verification.value })
    .from(verification)
    .innerJoin(user, eq(verification.identifier, sql`${identifierOf("")}::text || ${user.id}`))
    .where(and(eq(verification.id, tokenHash(token)), gt(verification.expiresAt, sql`now()`)));
  if (!row) throw invalidLink();
  return row;
}

export const invalidLink = () =>
  new AppError(
    "reset_link_invalid",
    "This link no longer works: it was used, it has expired, or the password has changed since. Request a new one.",
    404,
  );
