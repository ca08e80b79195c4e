import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { RunRow } from "@/lib/db/rows";

/**
 * How a run replaces what runs of other windows wrote: `keys` that it writes again supersede the receipts that name
 * them; a warehouse's commit deletes the rows of windows `within` its own.
 */
export type Replaces = "keys" | "within";

type Replacing = Pick<RunRow, "exportId" | "intervalStart" | "intervalEnd" | "address">;

/** The rows of all receipts of other windows that a run replaces; 0 if there are none. */
export async function rowsOfOthers(tx: Tx, run: Replacing, replaces: Replaces): Promise<number> {
  const { rows } = await tx.execute<{ rows: string }>(sql`
    select coalesce(sum(o.rows), 0) as rows from runs o where o.export_id = ${run.exportId} and o.state = 'Completed'
      and ${replaces === "keys" ? isSuperseded(run) : isWithin(run)}
      and not exists (select 1 from runs newer where newer.export_id = o.export_id and newer.state = 'Completed'
        and newer.interval_start = o.interval_start and newer.interval_end = o.interval_end and newer.fence > o.fence)`);
  return Number(rows[0]?.rows ?? 0);
}

const startOf = ({ intervalStart }: Replacing) => sql`${intervalStart.toISOString()}::timestamptz`;
const endOf = ({ intervalEnd }: Replacing) => sql`${intervalEnd.toISOString()}::timestamptz`;

/** SQL: whether the run, or one before it that was never committed, superseded the receipt of another window. */
const isSuperseded = (run: Replacing): SQL => sql`(o.interval_start, o.interval_end) <> (${startOf(run)}, ${endOf(run)})
  and o.superseded_by in (select b.id from runs b where b.export_id = ${run.exportId} and b.state <> 'Completed'
    and b.interval_start = ${startOf(run)} and b.interval_end = ${endOf(run)})`;

/** SQL: whether it is the current receipt, at the run's address, of a shorter window within the run's. */
const isWithin = (run: Replacing): SQL => sql`o.superseded_by is null and o.address = ${run.address}
  and o.interval_start >= ${startOf(run)} and o.interval_end <= ${endOf(run)}
  and (o.interval_start, o.interval_end) <> (${startOf(run)}, ${endOf(run)})`;
