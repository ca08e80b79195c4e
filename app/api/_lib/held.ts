import { conflict } from "@/lib/errors";
import type { Operation } from "@/lib/openapi/operation";
import type { Permission } from "@/lib/permissions";
import { isHeld } from "@/lib/services/installation";

/** What changes schedules, workflows, or destinations. */
const TOUCHING: readonly (Permission | null)[] = [
  "runs.start",
  "checks.start",
  "windows.shrink",
  "exports.manage",
  "exports.delete",
  "connections.manage",
  "connections.delete",
];

/**
 * Refuses with a 409 what would change schedules, workflows, or destinations while the installation is held: they may
 * be another installation's.
 */
export async function requireNotHeld({ method, permission }: Pick<Operation, "method" | "permission">): Promise<void> {
  if (method === "GET" || !TOUCHING.includes(permission) || !(await isHeld())) return;
  throw conflict(
    "held",
    "Nothing can be changed until an operator decides what this installation is: its database was restored or copied. See Settings, Installation.",
  );
}
