import { and, count, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { members } from "@/lib/db/schema";
import { AppError, conflict } from "@/lib/errors";
import type { Role } from "@/lib/permissions";

/** Throws a 403 for a non-owner if one of the concerned roles is owner: admins neither make nor change owners. */
export function requireOwnerFor(role: Role, concerned: Role[]): void {
  if (role === "owner" || !concerned.includes("owner")) return;
  throw new AppError("forbidden", "Only owners can invite, add, change, or remove owners. Ask one of them.", 403);
}

/** Throws a 409 if the organization has only one owner. Lock its people first. */
export async function requireAnotherOwner(tx: Tx, organizationId: string): Promise<void> {
  const [owners] = await tx
    .select({ count: count() })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.role, "owner")));
  if ((owners?.count ?? 0) > 1) return;
  throw conflict("last_owner", "This is the organization's last owner. Make another member an owner first.");
}
