import { getTableColumns, type InferInsertModel, SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/**
 * SQL: inserts rows into a table if `given`, the part after FROM, has a row. Part of a larger statement. All rows name
 * the same columns; the rest get their defaults.
 */
export function insertGiven<T extends PgTable>(table: T, rows: readonly InferInsertModel<T>[], given: SQL): SQL {
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => rows[0] && key in rows[0]);
  const names = columns.map(([, { name }]) => sql.identifier(name));
  const toSql = (row: InferInsertModel<T>, [key, column]: (typeof columns)[number]) => {
    const value: unknown = (row as Record<string, unknown>)[key] ?? null;
    return value instanceof SQL ? value : sql`${sql.param(value, column)}::${sql.raw(column.getSQLType())}`;
  };
  const tuples = rows.map(
    (row) =>
      sql`(${sql.join(
        columns.map((column) => toSql(row, column)),
        sql`, `,
      )})`,
  );
  return sql`insert into ${table} (${sql.join(names, sql`, `)})
    select v.* from (values ${sql.join(tuples, sql`, `)}) v where exists (select 1 from ${given})`;
}

/** SQL: the ON CONFLICT clause of this INSERT: an existing row takes over the named columns. */
export function onConflictTake(table: PgTable, key: readonly string[], row: object): SQL {
  const columns = getTableColumns(table);
  const nameOf = (field: string) => sql.identifier(columns[field]!.name);
  const set = Object.keys(row).map((field) => sql`${nameOf(field)} = excluded.${nameOf(field)}`);
  return sql` on conflict (${sql.join(key.map(nameOf), sql`, `)}) do update set ${sql.join(set, sql`, `)}`;
}
