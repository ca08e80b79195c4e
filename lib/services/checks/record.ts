import { and, eq, inArray } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import type { ExportRow, RunRow, WatchedRunRow } from "@/lib/db/rows";
import { runs, watchedRuns } from "@/lib/db/schema";
import { QUIET_OUTCOMES } from "@/lib/fields/checks";
import { activeStates } from "@/lib/fields/run-state";
import type { Dependencies } from "@/lib/services/dependencies";
import { lockExport, startWorkflows } from "@/lib/services/ledger";
import { alertFindings } from "./alert-findings";
import { countChecks } from "./count-checks";
import type { Finding } from "./finding";
import { type Heal, heal } from "./heal";
import { insertChecks } from "./insert-checks";
import { noteLooked } from "./note-looked";

/** A finding with what the ledger knows of its run. */
export interface Recorded {
  finding: Finding;
  watched: WatchedRunRow;
  heal: Heal | null;
  /** Whether a run works on the window, which may mend it. */
  isPending: boolean;
  /** Whether it is still to be reported, because another window's finding was on this day. */
  isUnreported?: boolean;
}

interface Options {
  /** The request that asked for the checks; null for scheduled ones. */
  checkId?: string | null;
}

/**
 * Records what looks at committed windows found: into `checks` if it is the first of its kind, a scheduled look at the
 * source, requested, or different from the last. Heals windows with late rows if the export says so, and raises alerts
 * of what nothing will fix automatically. A window that now has another receipt is left out. Returns the alerts.
 */
export async function recordChecks(
  deps: Dependencies,
  findings: readonly Finding[],
  { checkId = null }: Options = {},
): Promise<string[]> {
  const isQuiet = ({ outcome }: Finding) => QUIET_OUTCOMES.includes(outcome);
  await recordQuiet(deps.db, findings.filter(isQuiet), checkId);
  const others = findings.filter((finding) => !isQuiet(finding));
  const alerts: string[] = [];
  for (const [exportId, group] of Map.groupBy(others, ({ run }) => run.exportId))
    alerts.push(...(await recordFor(deps, exportId, group, checkId)));
  return alerts;
}

/** Nearly all looks find nothing: those of all exports are recorded at once, and no export is locked. */
async function recordQuiet(db: Db, findings: readonly Finding[], checkId: string | null): Promise<void> {
  if (findings.length === 0) return;
  await db.transaction(async (tx) => {
    const known = await watchedOf(tx, findings);
    await record(
      tx,
      findings.flatMap((finding) => {
        const watched = known.get(finding.run.id);
        return watched ? [{ finding, watched, heal: null, isPending: false }] : [];
      }),
      checkId,
    );
  });
}

async function recordFor(
  deps: Dependencies,
  exportId: string,
  findings: readonly Finding[],
  checkId: string | null,
): Promise<string[]> {
  const { alertIds, healing, destinationType } = await deps.db.transaction(async (tx) => {
    const exported = await lockExport(tx, exportId);
    const found = await healAll(tx, exported, findings);
    const { alertIds, recorded } = await alertFindings(tx, exported, found);
    await record(tx, recorded, checkId);
    return {
      alertIds,
      healing: recorded.flatMap((one) => (one.heal?.state === "started" ? [one.heal.run] : [])),
      destinationType: exported.destination.type,
    };
  });
  await startWorkflows(
    deps.temporal,
    healing.map((run) => ({ run, destinationType })),
  );
  return alertIds;
}

async function record(tx: Tx, recorded: readonly Recorded[], checkId: string | null): Promise<void> {
  await insertChecks(tx, recorded, checkId);
  await noteLooked(tx, recorded);
  await countChecks(
    tx,
    recorded.map(({ finding }) => finding),
  );
}

async function healAll(tx: Tx, exported: ExportRow, findings: readonly Finding[]): Promise<Recorded[]> {
  const known = await watchedOf(tx, findings);
  const active = await activeWindows(tx, exported.id);
  const recorded: Recorded[] = [];
  for (const finding of findings) {
    const watched = known.get(finding.run.id);
    if (!watched) continue;
    const isActive = active.has(+finding.run.intervalStart);
    const mayHeal = finding.outcome === "late" && exported.checks.onLate === "heal" && exported.deletedAt === null;
    const run = mayHeal && !isActive ? await runOf(tx, finding.run.id) : undefined;
    const healed = run ? await heal(tx, exported, run) : null;
    const isPending = isActive || healed?.state === "started" || healed?.state === "pending";
    recorded.push({ finding, watched, heal: healed, isPending });
  }
  return recorded;
}

/** Runs whose receipts are still their windows' current ones, by id. */
async function watchedOf(tx: Tx, findings: readonly Finding[]): Promise<ReadonlyMap<string, WatchedRunRow>> {
  const ids = findings.map(({ run }) => run.id);
  const rows = await tx.select().from(watchedRuns).where(inArray(watchedRuns.runId, ids));
  return new Map(rows.map((row) => [row.runId, row]));
}

const runOf = async (tx: Tx, id: string): Promise<RunRow | undefined> =>
  (await tx.select().from(runs).where(eq(runs.id, id)))[0];

/** The starts of an export's windows that a run works on. */
export async function activeWindows(tx: Tx, exportId: string): Promise<ReadonlySet<number>> {
  const rows = await tx
    .select({ start: runs.intervalStart })
    .from(runs)
    .where(and(eq(runs.exportId, exportId), inArray(runs.state, activeStates)));
  return new Set(rows.map(({ start }) => +start));
}
