import { tablesOfSpec } from "@/lib/destinations/tables";
import type { SourceTable } from "@/lib/rows/tables/types";
import { checkQuery, type Selection } from "@/lib/source/predicate";
import type { AskedRun } from "./load-asked";

/** Windows per query, and files: the times and ids at which they are cut are parameters of the query. */
const [MOST, MOST_FILES] = [100, 2000];

/** Runs that are asked about together: the same rows, in adjacent windows. */
export interface Chain {
  tables: readonly SourceTable[];
  /** Oldest window first; runs of the same window are of different exports. */
  windows: AskedRun[][];
}

export const selectionFor = ({ run, spec, sourceProjectId }: AskedRun, model: SourceTable): Selection => ({
  model,
  sourceProjectId,
  filters: spec.filters,
  window: { start: run.intervalStart, end: run.intervalEnd },
});

const tablesOf = ({ spec }: AskedRun) => tablesOfSpec({ oneRowPerId: false, ...spec });

/** What a run asks the source, apart from its window. */
function questionOf(asked: AskedRun): string {
  const { sql, params } = checkQuery(tablesOf(asked).map((table) => selectionFor(asked, table)));
  const { start: _start, end: _end, ...rest } = params;
  return JSON.stringify([sql, rest]);
}

/** Joins runs with the same question whose windows are equal or adjacent. */
export function chainsOf(all: readonly AskedRun[]): Chain[] {
  return [...Map.groupBy(all, questionOf).values()].flatMap((group) => chain(group));
}

function chain(group: readonly AskedRun[]): Chain[] {
  const sorted = group.toSorted(
    (a, b) => +a.run.intervalStart - +b.run.intervalStart || +a.run.intervalEnd - +b.run.intervalEnd,
  );
  const chains: Chain[] = [];
  for (const asked of sorted) {
    const current = chains.findLast(({ windows }) => isNext(windows, asked));
    const last = current?.windows.at(-1);
    const hasRoom = current && filesOf(current) + asked.files.length <= MOST_FILES;
    if (hasRoom && last && isSame(last[0]!, asked)) last.push(asked);
    else if (hasRoom && current.windows.length < MOST) current.windows.push([asked]);
    else chains.push({ tables: tablesOf(asked), windows: [[asked]] });
  }
  return chains;
}

const filesOf = ({ windows }: Chain) => windows.flat().reduce((sum, { files }) => sum + files.length, 0);

const isSame = (a: AskedRun, b: AskedRun) =>
  +a.run.intervalStart === +b.run.intervalStart && +a.run.intervalEnd === +b.run.intervalEnd;

function isNext(windows: readonly AskedRun[][], asked: AskedRun): boolean {
  const last = windows.at(-1)?.[0];
  return last !== undefined && (isSame(last, asked) || +last.run.intervalEnd === +asked.run.intervalStart);
}
