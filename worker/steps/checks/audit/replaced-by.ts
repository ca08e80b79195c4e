import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { monthOfRow } from "@/lib/db/month";
import { writesTables } from "@/lib/destinations/catalog";
import type { RunSpec } from "@/lib/destinations/run-spec";
import { tableName, warehouseTables } from "@/lib/destinations/warehouse/tables";

/** A later run whose window covers another's, at the same address; its spec is null if the ledger no longer has it. */
export interface Later {
  id: string;
  spec: Pick<RunSpec, "model" | "destination"> | null;
}

/** Which tables' rows of a run its later runs may have replaced. */
export interface Replacers {
  has(runId: string, table: string): boolean;
}

/** Finds the runs whose commits may have deleted rows of these runs, because their windows cover them. */
export async function replacersOf(db: Db, runIds: readonly string[]): Promise<Replacers> {
  const { rows } = await db.execute<{ id: string; spec: Later["spec"] }>(sql`
    select distinct r.id, d.spec - 'filters' - 'columns' as spec from runs r
    join runs o on o.export_id = r.export_id and o.state = 'Completed' and o.id <> r.id and o.fence > r.fence
      and o.interval_start <= r.interval_start and o.interval_end >= r.interval_end and o.address = r.address
    left join run_documents d on d.run_id = o.id and d.month = ${monthOfRow("o")}
    left join run_documents own on own.run_id = r.id and own.month = ${monthOfRow("r")}
    where r.id = any(${sql.param([...runIds])}::uuid[]) and (d.spec is null or ${namesOf("d")} = ${namesOf("own")})`);
  return replacersAmong(rows);
}

/** How Snowflake's names are spelled: a table in another spelling is another table. */
const namesOf = (documents: string) => sql.raw(`coalesce(${documents}.spec #>> '{destination,names}', 'upper')`);

/** Only a commit that replaces its window deletes rows, in the tables that it fills. */
export function replacersAmong(later: readonly Later[]): Replacers {
  const replaced = new Set(
    later.flatMap(({ id, spec }) => (spec ? filled(spec).map((table) => `${id} ${table}`) : [])),
  );
  const unclear = new Set(later.flatMap(({ id, spec }) => (spec ? [] : [id])));
  return { has: (runId, table) => unclear.has(runId) || replaced.has(`${runId} ${folded(table)}`) };
}

function filled({ model, destination }: NonNullable<Later["spec"]>): string[] {
  if (!writesTables(destination) || destination.commitMode !== "replace") return [];
  return warehouseTables(model).map((table) => folded(tableName(destination.table, table.model.table)));
}

/** Some warehouses know a table by its name in any case. */
const folded = (table: string): string => table.toLowerCase();
