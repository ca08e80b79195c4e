import { and, count, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { members } from "@/lib/db/schema";
import { AppError, conflict } from "@/lib/errors";
import type { Role } from "@/lib/permissions";

/** Refuses whoever is no owner where one of the roles concerned is an owner's: admins neither make owners nor touch them. */
export function requireOwnerFor(role: Role, concerned: Role[]): void {
  if (role === "owner" || !concerned.includes("owner")) return;
  throw new AppError("forbidden", "Only owners may invite, make, change or remove owners: ask one of them.", 403);
}

/** Refuses to take an owner away from an organization that has no other. The organization's people must be locked. */
export async function requireAnotherOwner(tx: Tx, organizationId: string): Promise<void> {
  const [owners] = await tx
    .select({ count: count() })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.role, "owner")));
  if ((owners?.count ?? 0) > 1) return;
  throw conflict("last_owner", "This is the organization's last owner: make another member an owner first.");
}
