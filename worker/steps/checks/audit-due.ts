import type { ExportRow } from "@/lib/db/rows";
import { recordChecks } from "@/lib/services/checks";
import type { Dependencies } from "@/lib/services/dependencies";
import { getLogger, loggable } from "@/lib/services/logger";
import { MINUTE } from "@/lib/units";
import { type Cursor, type DueWindow, endAudit, leaseExport, nextWindows, pauseAudit } from "./audit/due";
import { shareOf } from "./audit/reading";
import { FIRST_STEP, nextStep } from "./audit/step-size";
import { auditRuns } from "./audit-runs";

/** How long a round goes on with the next windows. The next one starts a minute later and continues. */
const ROUND = 3 * MINUTE;
/** Windows per step. What a step finds is recorded before the next one. */
const BATCH = 200;

interface Round {
  signal: AbortSignal;
  /** In epoch ms. */
  until: number;
}

export interface AuditedDue {
  audited: number;
  alertIds: string[];
}

/** Audits the destinations of exports whose audit is due. Returns how many windows were audited. */
export async function auditDue(
  deps: Dependencies,
  signal: AbortSignal,
  until = Date.now() + ROUND,
): Promise<AuditedDue> {
  const all: AuditedDue = { audited: 0, alertIds: [] };
  while (Date.now() < until) {
    const exported = await leaseExport(deps.db);
    if (!exported) break;
    try {
      await auditExport(deps, exported, { signal, until }, all);
    } catch (error) {
      signal.throwIfAborted();
      // The others go on. This one follows when its lease has ended.
      getLogger().warn({ exportId: exported.id, error: loggable(error) }, "An audit of an export failed.");
    }
  }
  return all;
}

async function auditExport(deps: Dependencies, exported: ExportRow, { signal, until }: Round, all: AuditedDue) {
  let after: Cursor | null = null;
  let reading: ReturnType<typeof shareOf> | null = null;
  let [files, isOpen] = [FIRST_STEP, false];
  for (;;) {
    const { windows: next, bytes } = await nextWindows(deps.db, exported, after, BATCH);
    const windows = upTo(files, next);
    const last = windows.at(-1);
    // What could not be found out is looked at again when the lease has ended.
    if (!last) return isOpen ? undefined : endAudit(deps.db, exported);
    reading ??= shareOf(exported.checks.deepShare, bytes, until);
    const runIds = windows.map(({ runId }) => runId);
    const began = performance.now();
    const findings = await auditRuns(deps, exported.id, runIds, { isDeep: false, reading, signal });
    all.alertIds.push(...(await recordChecks(deps, findings)));
    all.audited += findings.length;
    isOpen ||= findings.some(({ isTemporary }) => isTemporary);
    // Nothing can be looked at right now: other exports come first, and this one when its lease has ended.
    if (findings.length > 0 && findings.every(({ outcome }) => outcome === "unknown")) return;
    if (Date.now() > until) return pauseAudit(deps.db, exported);
    files = nextStep(files, performance.now() - began);
    after = last;
  }
}

/** The first windows, at least one, whose files are not too many. */
function upTo(most: number, windows: readonly DueWindow[]): DueWindow[] {
  let files = 0;
  return windows.filter((window, index) => {
    files += window.files;
    return index === 0 || files <= most;
  });
}
