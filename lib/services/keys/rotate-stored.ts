import { sql } from "drizzle-orm";
import { currentKeyId, resealSecret } from "@/lib/crypto/secrets";
import type { Db } from "@/lib/db/client";
import type { SealedColumn, SealedRow } from "./sealed-columns";

const BATCH = 200;

/** What is outdated in the values to reseal: their key or their envelope format. */
type Old = "key" | "form";

export interface Rotated {
  table: string;
  resealed: number;
  /** Rows that could not be opened, and why. */
  failures: { id: string; reason: string }[];
}

type Row = SealedRow & { value: string };

/**
 * Reseals every value of a column under the current key, row by row, and only if the value has not changed since it was
 * read, so that concurrent writers do not notice and lose no change. A row that can't be opened is reported and left
 * alone. A second call skips what an interrupted one has done.
 */
export async function rotateStored(db: Db, sealed: SealedColumn, which: Old = "key"): Promise<Rotated> {
  const { table } = sealed;
  const failures = new Map<string, string>();
  let resealed = 0;
  for (;;) {
    const pass = await onePass(db, sealed, which, failures);
    resealed += pass.resealed;
    // Rows that changed during the pass need another pass.
    if (pass.missed === 0) break;
  }
  return { table, resealed, failures: [...failures].map(([id, reason]) => ({ id, reason })) };
}

async function onePass(db: Db, sealed: SealedColumn, which: Old, failures: Map<string, string>) {
  const counts = { resealed: 0, missed: 0 };
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await oldOnes(db, sealed, which, after);
    for (const row of rows) {
      const fresh = reseal(sealed, row, failures);
      if (fresh === null) continue;
      if (await replace(db, sealed, row, fresh)) counts.resealed += 1;
      else counts.missed += 1;
    }
    if (rows.length < BATCH) return counts;
    after = rows.at(-1)!.id;
  }
}

async function oldOnes(
  db: Db,
  { table, column, boundTo = [] }: SealedColumn,
  which: Old,
  after: string,
): Promise<Row[]> {
  const value = sql.identifier(column);
  const old =
    which === "form"
      ? sql`split_part(${value}, '.', 1) = 'v1'`
      : sql`split_part(${value}, '.', 2) <> ${currentKeyId()}`;
  const further = boundTo.map((name) => sql`, ${sql.identifier(name)}`);
  const { rows } = await db.execute<Row>(sql`
    select id, ${value} as value ${sql.join(further, sql``)} from ${sql.identifier(table)}
    where ${value} <> '' and ${old} and id > ${after}::uuid
    order by id limit ${BATCH}`);
  return rows;
}

function reseal({ aad }: SealedColumn, row: Row, failures: Map<string, string>): string | null {
  try {
    return resealSecret(row.value, aad(row));
  } catch (error) {
    failures.set(row.id, (error as Error).message);
    return null;
  }
}

async function replace(db: Db, { table, column }: SealedColumn, { id, value }: Row, fresh: string): Promise<boolean> {
  const name = sql.identifier(column);
  const { rowCount } = await db.execute(sql`
    update ${sql.identifier(table)} set ${name} = ${fresh} where id = ${id}::uuid and ${name} = ${value}`);
  return rowCount === 1;
}
