import { conflict } from "@/lib/errors";
import type { Permission } from "@/lib/permissions";
import { isHeld } from "./get";

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
export async function requireNotHeld(asked: { method: string; permission: Permission | null }): Promise<void> {
  const { method, permission } = asked;
  if (method === "GET" || !TOUCHING.includes(permission) || !(await isHeld())) return;
  throw conflict(
    "held",
    "Nothing can be changed until an operator makes a decision about this installation, because its database was restored or copied. Open Settings, Installation.",
  );
}
