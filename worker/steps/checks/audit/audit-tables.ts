import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { writesTables } from "@/lib/destinations/catalog";
import type { TableStore } from "@/lib/destinations/types";
import { tableName, warehouseTables } from "@/lib/destinations/warehouse/tables";
import type { Audited } from "./audited";
import { compareCounts, joined, type TableCounts } from "./compare-counts";
import type { Found } from "./facts";

const ONLY_COUNTED = "A warehouse's rows are counted, not read back.";

/** Compares the rows that receipts say with those in a warehouse's tables. Throws an `ExportError`. */
export async function auditTables(
  db: Db,
  store: TableStore,
  group: readonly Audited[],
  isDeep: boolean,
): Promise<Map<string, Found>> {
  const { model, destination } = group[0]!.spec!;
  if (!writesTables(destination)) return new Map();
  const tables: Omit<TableCounts, "expected">[] = [];
  for (const { model: source, mergeBy } of warehouseTables(model)) {
    const name = tableName(destination.table, source.table);
    tables.push({ name, isMerged: mergeBy !== null, counted: await store.count(source.table, rangeOf(group)) });
  }
  const replaced = await replacedBy(db, group);
  return new Map(
    group.map(({ run, tables: receipt }): [string, Found] => {
      const kind = isDeep ? "deep" : "destination";
      if (receipt === null) return [run.id, { kind, outcome: "unknown", reason: NO_COUNTS, ...NO_ROWS }];
      const window = { start: run.intervalStart, end: run.intervalEnd };
      const comparing = { runId: run.id, window, commitMode: destination.commitMode, isReplaced: replaced.has(run.id) };
      const verdicts = tables.map((table) => {
        const expected = receipt.find((one) => one.table === table.name)?.rows ?? 0;
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
const NO_COUNTS = "Its receipt does not say how many rows the tables held, or the retention settings have removed it.";

function rangeOf(group: readonly Audited[]) {
  const starts = group.map(({ run }) => run.intervalStart.getTime());
  const ends = group.map(({ run }) => run.intervalEnd.getTime());
  return { start: new Date(Math.min(...starts)), end: new Date(Math.max(...ends)) };
}

/** Runs whose windows a later run covered: its commit replaced their rows. */
async function replacedBy(db: Db, group: readonly Audited[]): Promise<Set<string>> {
  const ids = group.map(({ run }) => run.id);
  const { rows } = await db.execute<{ id: string }>(sql`
    select r.id from runs r where r.id = any(${sql.param(ids)}::uuid[]) and exists (
      select 1 from runs o where o.export_id = r.export_id and o.state = 'Completed' and o.id <> r.id and o.fence > r.fence
        and o.interval_start <= r.interval_start and o.interval_end >= r.interval_end)`);
  return new Set(rows.map(({ id }) => id));
}
