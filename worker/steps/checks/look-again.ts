import type { Dependencies } from "@/lib/services/dependencies";

/** Asks the source again for windows whose next look is due. Returns how many. */
export async function lookAgain(
  _deps: Dependencies,
  _signal: AbortSignal,
): Promise<{ looked: number; alertIds: string[] }> {
  return { looked: 0, alertIds: [] };
}
