import { type SQL, sql } from "drizzle-orm";

/** The month that a run's files, log, and documents are kept in: the first day of the month, in UTC, that the run was made in. */
export const monthOf = ({ createdAt }: { createdAt: Date }): string => `${createdAt.toISOString().slice(0, 7)}-01`;

/** SQL: the same of the row of `runs` that goes by `alias` in the statement. */
export const monthOfRow = (alias: string): SQL =>
  sql`date_trunc('month', ${sql.raw(`${alias}.created_at`)} at time zone 'UTC')::date`;
