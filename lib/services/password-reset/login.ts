import { createHash } from "node:crypto";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { account, user } from "@/lib/db/schema";

/** A login with a password: its person, and better-auth's row that holds the hash. */
export interface Login {
  userId: string;
  email: string;
  accountId: string;
  passwordHash: string;
}

/** The login of an email address, ignoring case; null if there is none. */
export const loginOf = (email: string): Promise<Login | null> =>
  findLogin(getDb(), eq(sql`lower(${user.email})`, email.toLowerCase()));

/** A person's login. Locks it, so that only one transaction at a time can change its password. */
export const lockLogin = (tx: Tx, userId: string): Promise<Login | null> =>
  findLogin(tx, eq(user.id, userId), { lock: true });

async function findLogin(tx: Tx, which: SQL, { lock = false } = {}): Promise<Login | null> {
  const query = tx
    .select({ userId: user.id, email: user.email, accountId: account.id, passwordHash: account.password })
    .from(user)
    .innerJoin(account, and(eq(account.userId, user.id), eq(account.providerId, "credential")))
    .where(which);
  const [row] = lock ? await query.for("update", { of: account }) : await query;
  return row?.passwordHash ? { ...row, passwordHash: row.passwordHash } : null;
}

/** Binds a link to the password that it replaces: after any change of it, the link no longer matches. */
export const markOf = ({ passwordHash }: Login): string => createHash("sha256").update(passwordHash).digest("hex");
