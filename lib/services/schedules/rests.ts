import { and, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { rests } from "@/lib/db/schema";
import type { Rest } from "@/lib/windows";

/** SQL for `isResting`, for an export `e` and its connection `c`. */
const RESTING = sql`(e.paused or c.verified_at is null or not c.automatic)`;

/**
 * Starts or ends the rests of exports by their current state and that of their connections. Call it in the transaction
 * of every change to `paused`, to an export's connection, or to what a connection blocks. Idempotent. A rest ends when
 * the transaction begins: a window that ends during the transaction is due.
 */
export async function noteRests(tx: Tx, exportIds: readonly string[]): Promise<void> {
  const ids = sql`e.id = any(${sql.param(exportIds)}::uuid[])`;
  await tx.execute(sql`
    insert into rests (export_id)
    select e.id from exports e join connections c on c.id = e.connection_id where ${ids} and ${RESTING}
    on conflict (export_id) where ended_at is null do nothing`);
  await tx.execute(sql`
    update rests r set ended_at = now()
    from exports e join connections c on c.id = e.connection_id
    where r.export_id = e.id and r.ended_at is null and ${ids} and not ${RESTING}`);
}

/** Rounds a time up to whole ms: window boundaries have no fractions of a ms, and neither do dates. */
export const whole = (column: typeof rests.startedAt | typeof rests.endedAt) =>
  sql<Date | null>`date_trunc('milliseconds', ${column} + interval '999 microseconds')`.mapWith(column);

/** SQL: a rest of an export lasted beyond `dueFrom`, up to which its windows are done. */
export const lastedAfter = ({ id, dueFrom }: Pick<ExportRow, "id" | "dueFrom">) =>
  and(eq(rests.exportId, id), or(isNull(rests.endedAt), gt(rests.endedAt, dueFrom)));

/** Loads an export's rests that lasted beyond `dueFrom`. */
export const loadRests = (tx: Tx, spec: Pick<ExportRow, "id" | "dueFrom">): Promise<Rest[]> =>
  select(tx, lastedAfter(spec));

/** Loads all rests of an export. */
export const restsOf = (tx: Tx, exportId: string): Promise<Rest[]> => select(tx, eq(rests.exportId, exportId));

async function select(tx: Tx, where: SQL | undefined): Promise<Rest[]> {
  const found = await tx
    .select({ startedAt: whole(rests.startedAt), endedAt: whole(rests.endedAt) })
    .from(rests)
    .where(where);
  return found.map(({ startedAt, endedAt }) => ({ startedAt: startedAt!, endedAt }));
}
