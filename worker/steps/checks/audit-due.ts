import type { Dependencies } from "@/lib/services/dependencies";

/** Audits the destinations of exports whose audit is due. Returns how many windows were audited. */
export async function auditDue(
  _deps: Dependencies,
  _signal: AbortSignal,
): Promise<{ audited: number; alertIds: string[] }> {
  return { audited: 0, alertIds: [] };
}
