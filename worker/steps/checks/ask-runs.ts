import type { Finding } from "@/lib/services/checks";
import type { Dependencies } from "@/lib/services/dependencies";

export interface Asking {
  /** Whether fingerprints are compared, not only counts. */
  fingerprints: boolean;
  signal: AbortSignal;
}

/** Asks the source again for the windows of committed runs. */
export async function askRuns(_deps: Dependencies, _runIds: readonly string[], _asking: Asking): Promise<Finding[]> {
  return [];
}
