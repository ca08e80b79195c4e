import type { Finding } from "@/lib/services/checks";
import type { Dependencies } from "@/lib/services/dependencies";

export interface Auditing {
  /** Whether every file is also read back and hashed; otherwise the share that the export's checks say. */
  isDeep: boolean;
  signal: AbortSignal;
}

/** Compares what the receipts of committed runs of one export name with what its destination holds. */
export async function auditRuns(
  _deps: Dependencies,
  _exportId: string,
  _runIds: readonly string[],
  _auditing: Auditing,
): Promise<Finding[]> {
  return [];
}
