import type { ApiKeyRow } from "@/lib/db/rows";
import { isAtLeast, type Role } from "@/lib/permissions";

/**
 * What a key may do now: never more than its maker may, whose present role is given. Null once the maker has left the organization. The
 * key of the first start is nobody's, and keeps its role.
 */
export function roleOf({ role, createdBy }: Pick<ApiKeyRow, "role" | "createdBy">, maker: Role | null): Role | null {
  if (createdBy === null) return role;
  if (maker === null) return null;
  return isAtLeast(maker, role) ? role : maker;
}
