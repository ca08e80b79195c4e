import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import { invalidField } from "@/lib/errors";
import { cursorTimeSchema, idSchema, type List, storableSchema } from "@/lib/fields/common";

const keySchema = z.tuple([cursorTimeSchema, idSchema]);

/** Encodes an opaque list cursor from the values of the list's order. */
export const encodeCursor = (values: unknown[]) => Buffer.from(JSON.stringify(values)).toString("base64url");

/** Decodes a cursor of `encodeCursor`. Throws a 422 if it is not one of this list's. */
export function decodeCursor<T extends z.ZodType>(schema: T, cursor: string): z.output<T> {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    values = undefined;
  }
  const result = storableSchema.pipe(schema).safeParse(values);
  if (result.success) return result.data;
  throw invalidField("cursor", "Must be the nextCursor of an earlier page of this list.");
}

/** SQL: creation time of a page's last row in PostgreSQL's microseconds; the cursor's time if the row is gone. */
export const exactTime = (createdAt: PgColumn, id: PgColumn, [time, lastId]: [Date, string]): SQL =>
  sql`coalesce((select ${createdAt} from ${createdAt.table} where ${id} = ${lastId}::uuid), ${time.toISOString()}::timestamptz)`;

/** SQL: the rows after a cursor in a list ordered by `createdAt` and id, both descending. */
export function afterCreated(createdAt: PgColumn, id: PgColumn, cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined;
  const [time, lastId] = decodeCursor(keySchema, cursor);
  return sql`(${createdAt}, ${id}) < (${exactTime(createdAt, id, [time, lastId])}, ${lastId}::uuid)`;
}

/** Makes a page from up to `limit + 1` rows: the extra one only shows that there are more. */
export function page<T, U>(rows: T[], limit: number, toItem: (row: T) => U, toKey: (row: T) => unknown[]): List<U> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), nextCursor: rows.length > limit && last ? encodeCursor(toKey(last)) : null };
}
