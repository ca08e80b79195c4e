import { eq } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { connections, exports, projects } from "@/lib/db/schema";
import { canonicalAddress } from "@/lib/destinations/canonical-address";
import { ExportError } from "@/lib/errors";
import type { Finding } from "@/lib/services/checks";
import type { Dependencies } from "@/lib/services/dependencies";
import { auditGroup, type Found, groupsOf } from "./audit/audit-group";
import { loadAudited, partsOf } from "./audit/audited";
import type { Present } from "./audit/place";
import { everything, isTimeOver, onlyDoubts, type Reading } from "./audit/reading";
import { stillCurrent } from "./audit/still-current";

export interface Auditing {
  /** Whether every file is also read back and hashed. */
  isDeep: boolean;
  /** What a scheduled audit may read back. */
  reading?: Reading;
  signal: AbortSignal;
}

/**
 * Compares what the receipts of committed runs of one export name with what its destination holds. Only reads there.
 * Leaves out runs whose receipts are no longer current, those found otherwise than intact while another run is at work on
 * their window (what it writes would look like a change), and those that there was no time for, never all.
 */
export async function auditRuns(
  deps: Dependencies,
  exportId: string,
  runIds: readonly string[],
  { isDeep, reading = isDeep ? everything() : onlyDoubts(), signal }: Auditing,
): Promise<Finding[]> {
  const { db } = deps;
  const { present, expectDeletion } = await exportOf(db, exportId);
  const looking = { present, expectDeletion, isDeep, reading, signal };
  const findings: Finding[] = [];
  for (const part of await partsOf(db, exportId, runIds)) {
    const audited = await loadAudited(db, part);
    const found = new Map<string, Found>();
    for (const group of groupsOf(audited)) {
      signal.throwIfAborted();
      if (isTimeOver(reading) && findings.length + found.size > 0) break;
      for (const [id, one] of await auditGroup(db, group, looking)) found.set(id, one);
    }
    const still = await stillCurrent(db, [...found.keys()]);
    for (const { run } of audited) {
      const [one, now] = [found.get(run.id), still.get(run.id)];
      if (one && now && !(now.isBusy && one.outcome !== "intact")) findings.push({ run, ...one });
    }
  }
  return findings;
}

/** What the export writes now, where, and what becomes of it. */
async function exportOf(db: Db, exportId: string): Promise<{ present: Present; expectDeletion: boolean }> {
  const [row] = await db
    .select({ exported: exports, connection: connections, project: projects })
    .from(exports)
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .innerJoin(projects, eq(projects.id, exports.projectId))
    .where(eq(exports.id, exportId));
  if (!row)
    throw new ExportError({ code: "export_gone", message: "The export was deleted.", fix: null, retryable: false });
  const { exported, connection, project } = row;
  const { sourceProjectId } = project;
  const present = { address: canonicalAddress(connection), spec: exported, sourceProjectId };
  return { present, expectDeletion: exported.checks.expectDeletion };
}
