import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import { invalid } from "@/lib/errors";
import { idSchema, type List } from "@/lib/schemas/common";

const keySchema = z.tuple([z.coerce.date(), idSchema]);

/** Where a list goes on: an opaque text of the values that its order is made of. */
export const encodeCursor = (values: unknown[]) => Buffer.from(JSON.stringify(values)).toString("base64url");

/** Reads a cursor that `encodeCursor` made. Throws a 422 that names it when it is none of this list's. */
export function decodeCursor<T extends z.ZodType>(schema: T, cursor: string): z.output<T> {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    values = undefined;
  }
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const message = "must be the nextCursor of an earlier page of this list";
  throw invalid(`cursor ${message}`, [{ path: "cursor", message }]);
}

/** A moment as the API knows it: whole milliseconds, where PostgreSQL keeps microseconds. Cursors compare these. */
export const millis = (column: PgColumn): SQL => sql`date_trunc('milliseconds', ${column})`;

/** The rows after a cursor in a list that is ordered by `createdAt` and id, both descending. */
export function afterCreated(createdAt: PgColumn, id: PgColumn, cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined;
  const [time, lastId] = decodeCursor(keySchema, cursor);
  return sql`(${millis(createdAt)}, ${id}) < (${time.toISOString()}::timestamptz, ${lastId}::uuid)`;
}

/** Makes a page of up to `limit + 1` rows that were asked for: the one too many only says that there is more. */
export function page<T, U>(rows: T[], limit: number, toItem: (row: T) => U, toKey: (row: T) => unknown[]): List<U> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), nextCursor: rows.length > limit && last ? encodeCursor(toKey(last)) : null };
}
