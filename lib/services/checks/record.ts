import { eq, inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow, RunRow, WatchedRunRow } from "@/lib/db/rows";
import { checks, runs, watchedRuns } from "@/lib/db/schema";
import type { Dependencies } from "@/lib/services/dependencies";
import { lockExport, startWorkflows } from "@/lib/services/ledger";
import { alertFindings } from "./alert-findings";
import { countChecks } from "./count-checks";
import type { Finding } from "./finding";
import { type Heal, heal } from "./heal";
import { noteLooked } from "./note-looked";

/** A finding with what the ledger knows of its run while the export is locked. */
export interface Recorded {
  finding: Finding;
  run: RunRow;
  watched: WatchedRunRow;
  /** Whether its outcome differs from that of the last look of its kind. */
  isNew: boolean;
  heal: Heal | null;
}

/**
 * Records what looks at committed windows found: into `checks` if it is the first of its kind, a scheduled look at the
 * source, requested, or different from the last. Heals windows with late rows if the export says so, and raises alerts
 * of what nothing will mend by itself. A window that has another receipt by now is left out. Returns the alerts.
 */
export async function recordChecks(
  deps: Dependencies,
  findings: readonly Finding[],
  { checkId = null }: { checkId?: string | null } = {},
): Promise<string[]> {
  const alerts: string[] = [];
  for (const [exportId, group] of Map.groupBy(findings, ({ run }) => run.exportId)) {
    const { alertIds, healing, exported } = await deps.db.transaction(async (tx) => {
      const exported = await lockExport(tx, exportId);
      const recorded = await recordAll(tx, exported, group, checkId);
      const healing = recorded.flatMap(({ heal }) => (heal !== null && typeof heal === "object" ? [heal.run] : []));
      return { alertIds: await alertFindings(tx, exported, recorded), healing, exported };
    });
    alerts.push(...alertIds);
    const destinationType = exported.destination.type;
    await startWorkflows(
      deps.temporal,
      healing.map((run) => ({ run, destinationType })),
    );
  }
  return alerts;
}

async function recordAll(
  tx: Tx,
  exported: ExportRow,
  findings: readonly Finding[],
  checkId: string | null,
): Promise<Recorded[]> {
  const known = await currentRuns(tx, findings);
  const recorded: Recorded[] = [];
  for (const finding of findings) {
    const found = known.get(finding.run.id);
    if (!found) continue;
    const mayHeal = finding.outcome === "late" && exported.checks.onLate === "heal" && exported.deletedAt === null;
    const isNew = lastOutcome(finding, found.watched) !== finding.outcome;
    recorded.push({ finding, ...found, isNew, heal: mayHeal ? await heal(tx, exported, found.run) : null });
  }
  const kept = recorded.filter(
    ({ finding, isNew }) => isNew || checkId !== null || (finding.look && !finding.isTemporary),
  );
  if (kept.length > 0) await tx.insert(checks).values(kept.map((one) => rowOf(one, checkId)));
  for (const one of recorded) await noteLooked(tx, exported, one);
  await countChecks(tx, findings);
  return recorded;
}

/** Runs whose receipts are still their windows' current ones. */
async function currentRuns(tx: Tx, findings: readonly Finding[]) {
  const ids = findings.map(({ run }) => run.id);
  const rows = await tx
    .select({ run: runs, watched: watchedRuns })
    .from(watchedRuns)
    .innerJoin(runs, eq(runs.id, watchedRuns.runId))
    .where(inArray(watchedRuns.runId, ids));
  return new Map(rows.map((row) => [row.run.id, row]));
}

const lastOutcome = ({ kind }: Finding, { sourceOutcome, destinationOutcome }: WatchedRunRow) =>
  kind === "source" ? sourceOutcome : destinationOutcome;

function rowOf({ finding, heal }: Recorded, checkId: string | null): typeof checks.$inferInsert {
  const { run, kind, look = null, outcome, reason, expected, found } = finding;
  const { organizationId, projectId, exportId, id: runId, intervalStart, intervalEnd } = run;
  const about = { organizationId, projectId, exportId, runId, intervalStart, intervalEnd, checkId };
  const healRunId = heal !== null && typeof heal === "object" ? heal.run.id : null;
  return { ...about, kind, look, outcome, reason, expected, found, healRunId };
}
