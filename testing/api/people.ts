import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { invitations, members, session } from "@/lib/db/schema";
import type { Role } from "@/lib/permissions";
import { newToken, tokenHash } from "@/lib/services/one-time-token";
import { MINUTE } from "@/lib/units";

/** An open invitation with its token, which only its link contains. */
export async function makeInvitation(
  organizationId: string,
  { email = `${randomUUID()}@penstock.test`, role = "viewer" as Role, expiresAt = new Date(Date.now() + MINUTE) } = {},
): Promise<{ id: string; email: string; token: string }> {
  const token = newToken();
  const [row] = await getDb()
    .insert(invitations)
    .values({ organizationId, email, role, expiresAt, hash: tokenHash(token) })
    .returning();
  return { id: row!.id, email, token };
}

/** The id of a person's membership. */
export async function memberIdOf(organizationId: string, userId: string): Promise<string> {
  const [row] = await getDb()
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
  if (!row) throw new Error("This person is no member.");
  return row.id;
}

/** An unused session of a person. */
export async function makeIdleSession(userId: string): Promise<string> {
  const id = randomUUID();
  await getDb()
    .insert(session)
    .values({ id, userId, token: randomUUID(), expiresAt: new Date(Date.now() + MINUTE) });
  return id;
}
