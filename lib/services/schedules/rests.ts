import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { rests } from "@/lib/db/schema";
import type { Rest } from "@/lib/windows";

/** The same as `isResting`, for an export `e` and its connection `c`. */
const RESTING = sql`(e.paused or c.verified_at is null or not c.automatic)`;

/**
 * Begins or ends the rests of exports, as they and their connections are by now. Call it in the transaction of every change of
 * `paused`, of an export's connection, or of what a connection keeps from running; done twice, it does the same. A rest ends
 * with the beginning of the transaction: a window that ends while it is under way is due.
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

/** Boundaries have no fractions of a ms, and a date holds no smaller ones: a moment counts as the first whole ms that is not before it. */
export const whole = (column: typeof rests.startedAt | typeof rests.endedAt) =>
  sql<Date | null>`date_trunc('milliseconds', ${column} + interval '999 microseconds')`.mapWith(column);

/** SQL: a rest of an export lasted after the moment up to which its windows are done with. */
export const lastedAfter = ({ id, dueFrom }: Pick<ExportRow, "id" | "dueFrom">) =>
  and(eq(rests.exportId, id), or(isNull(rests.endedAt), gt(rests.endedAt, dueFrom)));

/** The rests of an export that lasted after the moment up to which its windows are done with. */
export async function loadRests(tx: Tx, spec: Pick<ExportRow, "id" | "dueFrom">): Promise<Rest[]> {
  const found = await tx
    .select({ startedAt: whole(rests.startedAt), endedAt: whole(rests.endedAt) })
    .from(rests)
    .where(lastedAfter(spec));
  return found.map(({ startedAt, endedAt }) => ({ startedAt: startedAt!, endedAt }));
}
