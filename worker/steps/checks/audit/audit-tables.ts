import type { Db } from "@/lib/db/client";
import { writesTables } from "@/lib/destinations/catalog";
import type { TableStore } from "@/lib/destinations/types";
import { tableName, warehouseTables } from "@/lib/destinations/warehouse/tables";
import type { Audited } from "./audited";
import { compareCounts, joined, type TableCounts } from "./compare-counts";
import type { Found } from "./facts";
import { replacersOf } from "./replaced-by";

const ONLY_COUNTED = "A warehouse's rows are counted, not read back.";

interface Auditing {
  isDeep: boolean;
  signal: AbortSignal;
}

/** Compares the rows that receipts say with those in a warehouse's tables. Throws an `ExportError`. */
export async function auditTables(
  db: Db,
  store: TableStore,
  group: readonly Audited[],
  { isDeep, signal }: Auditing,
): Promise<Map<string, Found>> {
  const { model, destination } = group[0]!.spec!;
  if (!writesTables(destination)) return new Map();
  const tables: Omit<TableCounts, "expected">[] = [];
  for (const { model: source, mergeBy } of warehouseTables(model)) {
    const name = tableName(destination.table, source.table);
    const counted = await store.count(source.table, rangeOf(group), signal);
    tables.push({ name, isMerged: mergeBy !== null, counted });
  }
  const replacers = await replacersOf(
    db,
    group.map(({ run }) => run.id),
  );
  return new Map(
    group.map(({ run, tables: receipt }): [string, Found] => {
      const kind = isDeep ? "deep" : "destination";
      if (receipt === null) return [run.id, { kind, outcome: "unknown", reason: NO_COUNTS, ...NO_ROWS }];
      const window = { start: run.intervalStart, end: run.intervalEnd };
      const verdicts = tables.map((table) => {
        const expected = receipt.find((one) => one.table === table.name)?.rows ?? 0;
        const isReplaced = replacers.has(run.id, table.name);
        const comparing = { runId: run.id, window, commitMode: destination.commitMode, isReplaced };
        return compareCounts({ ...table, expected }, comparing);
      });
      const { outcome, rows, reason } = joined(verdicts);
      const sentences = [reason, isDeep ? ONLY_COUNTED : null].filter((one) => one !== null);
      const expected = { rows: receipt.reduce((sum, table) => sum + table.rows, 0) };
      return [run.id, { kind, outcome, reason: sentences.join(" ") || null, expected, found: { rows } }];
    }),
  );
}

const NO_ROWS = { expected: { rows: null }, found: { rows: null } };
const NO_COUNTS = "Its receipt doesn't say how many rows the tables had, or the receipt is past its retention time.";

function rangeOf(group: readonly Audited[]) {
  const starts = group.map(({ run }) => run.intervalStart.getTime());
  const ends = group.map(({ run }) => run.intervalEnd.getTime());
  return { start: new Date(Math.min(...starts)), end: new Date(Math.max(...ends)) };
}
