import { and, eq, inArray, or } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { members, user } from "@/lib/db/schema";

export interface Recipient {
  email: string;
  /** Why this person is notified. */
  why: string;
}

/**
 * An export's alert recipients: the organization's admins and owners, and its creator if still a member. No address
 * repeats.
 */
export async function recipients(
  tx: Tx,
  organization: { id: string; name: string },
  createdBy: string | null,
): Promise<Recipient[]> {
  const isConcerned = or(
    inArray(members.role, ["admin", "owner"]),
    createdBy === null ? undefined : eq(members.userId, createdBy),
  );
  const rows = await tx
    .select({ email: user.email, role: members.role, userId: members.userId })
    .from(members)
    .innerJoin(user, eq(user.id, members.userId))
    .where(and(eq(members.organizationId, organization.id), isConcerned))
    .orderBy(user.email);
  return rows.map(({ email, role, userId }) => ({ email, why: why(role, userId === createdBy, organization.name) }));
}

function why(role: string, isMaker: boolean, organization: string): string {
  const isKeeper = role === "admin" || role === "owner";
  const reasons = [
    ...(isMaker ? ["you created this export"] : []),
    ...(isKeeper ? [`you are an ${role} of ${organization}`] : []),
  ];
  return `You get this email because ${reasons.join(" and ")}.`;
}
