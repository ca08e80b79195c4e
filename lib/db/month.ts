import { type SQL, sql } from "drizzle-orm";

/** The first day of the UTC month in which a run was created; the month of its files, log, and documents. */
export const monthOf = ({ createdAt }: { createdAt: Date }): string => `${createdAt.toISOString().slice(0, 7)}-01`;

/** SQL: the same for the row of `runs` with this `alias`. */
export const monthOfRow = (alias: string): SQL =>
  sql`date_trunc('month', ${sql.raw(`${alias}.created_at`)} at time zone 'UTC')::date`;
