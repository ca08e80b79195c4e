import type { SourceTable } from "@/lib/rows/tables/types";
import type { Source } from "@/lib/source/client";
import { FINGERPRINT } from "@/lib/source/predicate";
import { compareCounts, type Expected, newerVersions, recount, type WindowCount } from "@/lib/source/recount";
import type { Asking, SourceFinding } from "./ask-runs";
import { type Chain, chainsOf, selectionFor } from "./chains";
import type { AskedRun } from "./load-asked";

/**
 * Asks about a chain of windows: counts first, and fingerprints too if asked for or where a count differs. Throws an
 * `ExportError`.
 */
export async function askChain(source: Source, chain: Chain, asking: Asking): Promise<SourceFinding[]> {
  const found = await countAll(source, chain, asking);
  const findings: SourceFinding[] = [];
  const differing: AskedRun[] = [];
  for (const [index, runs] of chain.windows.entries())
    for (const asked of runs) {
      const finding = findingOf(asked, found[index]!.get(asked)!, asking);
      if (finding.outcome !== "unchanged" && !asking.fingerprints) differing.push(asked);
      else findings.push(await excused(source, chain, asked, finding, asking.signal));
    }
  for (const again of chainsOf(differing))
    findings.push(...(await askChain(source, again, { ...asking, fingerprints: true })));
  return findings;
}

/** What each run's window has now, all tables together, its files in their order. */
async function countAll(source: Source, { tables, windows }: Chain, asking: Asking) {
  const totals = windows.map((runs) => new Map(runs.map((asked) => [asked, NOTHING])));
  for (const table of tables)
    for (const group of groupsFor(table, windows)) {
      const first = windows[group[0]!]![0]!;
      const counted = await recount(
        source,
        selectionFor(first, table),
        group.map((index) => toCounted(windows[index]!, table)),
        asking,
      );
      for (const [at, index] of group.entries()) addTo(totals[index]!, counted[at]!, table);
    }
  return totals;
}

const NOTHING: WindowCount = { rows: 0, fingerprint: 0n, files: [] };

/** A table that is a query over one window is asked window by window. */
function groupsFor({ from, table }: SourceTable, windows: readonly unknown[]): number[][] {
  const all = windows.map((_, index) => index);
  return from === table ? [all] : all.map((index) => [index]);
}

const filesOf = ({ files }: AskedRun, { table }: SourceTable) => files.filter((file) => file.table === table);

const toCounted = (runs: readonly AskedRun[], table: SourceTable) => ({
  start: runs[0]!.run.intervalStart,
  end: runs[0]!.run.intervalEnd,
  files: runs.flatMap((asked) => filesOf(asked, table)).map(({ bounds }) => bounds),
});

function addTo(totals: Map<AskedRun, WindowCount>, counted: WindowCount, table: SourceTable): void {
  let from = 0;
  for (const [asked, total] of totals) {
    const to = from + filesOf(asked, table).length;
    totals.set(asked, {
      rows: total.rows + counted.rows,
      fingerprint: BigInt.asUintN(64, total.fingerprint + counted.fingerprint),
      files: [...total.files, ...counted.files.slice(from, to)],
    });
    from = to;
  }
}

function findingOf(asked: AskedRun, found: WindowCount, { fingerprints }: Asking): SourceFinding {
  const { run, source } = asked;
  // Files of a plan are in the order of its tables.
  const expected: Expected = {
    rows: source.rows,
    fingerprint: source.formula === FINGERPRINT ? BigInt(source.fingerprint) : null,
    files: asked.files.map(({ expectedRows }) => expectedRows),
  };
  return {
    run,
    kind: "source",
    outcome: compareCounts(expected, found, { fingerprints }),
    reason: null,
    expected: { rows: source.rows, ...(fingerprints && { fingerprint: source.fingerprint }) },
    found: { rows: found.rows, ...(fingerprints && { fingerprint: String(found.fingerprint) }) },
  };
}

/**
 * A person with a newer version after the window isn't lost: a source that keeps only the newest one no longer has its
 * row of the window. As many rows as there are such persons may be missing. Which ones they were can't be found out, so
 * the window is neither known to be as it was nor to have lost a person.
 */
async function excused(
  source: Source,
  { tables }: Chain,
  asked: AskedRun,
  finding: SourceFinding,
  signal: AbortSignal,
): Promise<SourceFinding> {
  const persons = tables.find(({ table }) => table === "persons");
  const { outcome, expected, found } = finding;
  if (!persons || outcome === "unchanged" || outcome === "late") return finding;
  const newer = await newerVersions(source, selectionFor(asked, persons), signal);
  if (newer === 0) return finding;
  const fewer = (expected.rows ?? 0) - (found.rows ?? 0);
  const reason = `The source has ${Math.max(0, fewer)} fewer rows. ${newer} persons have a newer version since, and the source might keep only the newest.`;
  return { ...finding, outcome: fewer > newer ? finding.outcome : "unknown", reason };
}
