import { dbNow } from "@/lib/db/now";
import { ExportError } from "@/lib/errors";
import type { SourceOutcome } from "@/lib/fields/checks";
import type { Finding } from "@/lib/services/checks";
import type { Dependencies } from "@/lib/services/dependencies";
import { loadSource, type SourceSettings, settleSecondsOf } from "@/lib/services/source";
import type { Source } from "@/lib/source/client";
import { readSource } from "@/lib/source/settings";
import { DAY } from "@/lib/units";
import { askChain } from "./ask-chain";
import { type Chain, chainsOf } from "./chains";
import { type AskedRun, loadAsked, upToFiles } from "./load-asked";

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
  return (await Array.fromAsync(askInParts(deps, runIds, asking))).flat();
}

/** The same, as the source answers: windows that are asked about together follow together. */
export async function* askInParts(
  deps: Dependencies,
  runIds: readonly string[],
  asking: Asking,
): AsyncGenerator<SourceFinding[]> {
  const settings = await loadSource({ tx: deps.db });
  readSource({ sequentialConsistency: settings.sequentialConsistency, settleSeconds: settleSecondsOf(null, settings) });
  for (const ids of await upToFiles(deps.db, runIds)) {
    const { askable, findings } = sorted(await loadAsked(deps.db, ids), settings, await dbNow(deps.db));
    if (findings.length > 0) yield findings;
    for (const chain of chainsOf(askable)) yield await askOrSay(deps.source, chain, asking);
  }
}

/** Separates windows that can be asked about from those that can't. */
function sorted(
  loaded: Awaited<ReturnType<typeof loadAsked>>,
  { retentionDays }: Pick<SourceSettings, "retentionDays">,
  now: Date,
) {
  const oldest = retentionDays === null ? null : new Date(+now - retentionDays * DAY);
  const findings: SourceFinding[] = [];
  const askable: AskedRun[] = [];
  for (const { run, asked } of loaded) {
    if (oldest && run.intervalStart < oldest)
      findings.push(unknown(run, `The source keeps rows for ${retentionDays} days, and the window is older.`));
    else if (asked) askable.push(asked);
    else
      findings.push(
        unknown(run, "The run's details are past their retention time, so the source can't be queried again."),
      );
  }
  return { askable, findings };
}

async function askOrSay(source: Source, chain: Chain, asking: Asking): Promise<SourceFinding[]> {
  try {
    return await askChain(source, chain, asking);
  } catch (error) {
    if (asking.signal.aborted || !(error instanceof ExportError)) throw error;
    const reason = `Querying the source failed: ${error.failure.message}`;
    return chain.windows.flat().map(({ run }) => ({ ...unknown(run, reason), isTemporary: true }));
  }
}

const unknown = (run: AskedRun["run"], reason: string): SourceFinding => ({
  run,
  kind: "source",
  outcome: "unknown",
  reason,
  expected: { rows: run.rows },
  found: { rows: null },
});
