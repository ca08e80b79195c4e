import { randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import type { Tx } from "@/lib/db/client";
import { account, user } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";
import { isUniqueViolation } from "@/lib/services/db-errors";

interface NewLogin {
  name: string;
  email: string;
  password: string;
  /** Whether the address is known to be the person's. */
  emailVerified?: boolean;
  operator?: boolean;
}

/** Creates a login and returns its user id. Throws a 409 if the email already has one. */
export async function insertLogin(tx: Tx, { password, email, ...person }: NewLogin): Promise<string> {
  const userId = randomUUID();
  try {
    await tx.insert(user).values({ id: userId, email: email.toLowerCase(), ...person });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict("login_exists", `${email} already has an account. Sign in.`);
    throw error;
  }
  // better-auth's row for an email and password login.
  await tx.insert(account).values({
    id: randomUUID(),
    accountId: userId,
    providerId: "credential",
    userId,
    password: await hashPassword(password),
  });
  return userId;
}
