import type { ApiKeyRow } from "@/lib/db/rows";
import { isAtLeast, type Role } from "@/lib/permissions";

/**
 * A key's effective role: at most its creator's current role, `maker`. Null once the creator has left the organization.
 * The key created at first start has no creator and keeps its role.
 */
export function roleOf({ role, createdBy }: Pick<ApiKeyRow, "role" | "createdBy">, maker: Role | null): Role | null {
  if (createdBy === null) return role;
  if (maker === null) return null;
  return isAtLeast(maker, role) ? role : maker;
}
