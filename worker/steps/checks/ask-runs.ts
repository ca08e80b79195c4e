import { dbNow } from "@/lib/db/now";
import { ExportError } from "@/lib/errors";
import type { SourceOutcome } from "@/lib/fields/checks";
import type { Finding } from "@/lib/services/checks";
import type { Dependencies } from "@/lib/services/dependencies";
import { loadSource, settleSecondsOf } from "@/lib/services/source";
import { readSource } from "@/lib/source/settings";
import { DAY } from "@/lib/units";
import { askChain } from "./ask-chain";
import { chainsOf } from "./chains";
import { type AskedRun, loadAsked } from "./load-asked";

export interface Asking {
  /** Whether fingerprints are compared, not only counts. */
  fingerprints: boolean;
  signal: AbortSignal;
}

export interface SourceFinding extends Finding {
  outcome: SourceOutcome;
}

/** Asks the source again for the windows of committed runs. What can't be asked is `unknown`, with the reason. */
export async function askRuns(deps: Dependencies, runIds: readonly string[], asking: Asking): Promise<SourceFinding[]> {
  const settings = await loadSource({ tx: deps.db });
  readSource({ sequentialConsistency: settings.sequentialConsistency, settleSeconds: settleSecondsOf(null, settings) });
  const loaded = await loadAsked(deps.db, runIds);
  const { retentionDays } = settings;
  const oldest = retentionDays === null ? null : new Date(+(await dbNow(deps.db)) - retentionDays * DAY);
  const findings: SourceFinding[] = [];
  const askable: AskedRun[] = [];
  for (const { run, asked } of loaded) {
    if (oldest && run.intervalStart < oldest)
      findings.push(unknown(run, `The source keeps rows for ${retentionDays} days, and the window is older.`));
    else if (asked) askable.push(asked);
    else
      findings.push(unknown(run, "The run's details were removed by retention, so the source can't be asked again."));
  }
  for (const chain of chainsOf(askable)) {
    try {
      findings.push(...(await askChain(deps.source, chain, asking)));
    } catch (error) {
      if (asking.signal.aborted || !(error instanceof ExportError)) throw error;
      const reason = `The source could not be asked: ${error.failure.message}`;
      for (const { run } of chain.windows.flat()) findings.push({ ...unknown(run, reason), isTemporary: true });
    }
  }
  return findings;
}

const unknown = (run: AskedRun["run"], reason: string): SourceFinding => ({
  run,
  kind: "source",
  outcome: "unknown",
  reason,
  expected: { rows: run.rows },
  found: { rows: null },
});
