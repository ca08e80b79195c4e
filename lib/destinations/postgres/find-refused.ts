import { type Client, DatabaseError } from "pg";
import { MINUTE } from "../../units";
import type { Target } from "../warehouse/target";
import { inTransaction } from "./client";
import { insertFrom, type Own, ownValues, quote, stagedAs } from "./sql";

/** Staged rows that a table refused, and the error. */
export interface Refused {
  error: DatabaseError;
  target: Target;
  stage: string;
  /** The target's column types, by name. */
  types: ReadonlyMap<string, string>;
  own: Own;
}

/** Aborts a commit when a table refuses staged rows; the search for the refused row follows its rollback. */
export class RowsRefused extends Error {
  constructor(readonly refused: Refused) {
    super("A table refused staged rows.", { cause: refused.error });
  }
}

/** A refused row, as far as it was found. */
interface FoundRow {
  column: string | null;
  /** The row's id and its column's name; null if the table's rows have none. */
  id: { name: string; value: string } | null;
}

/** Time limit of the search, in ms: others who write to the table may have to wait meanwhile. */
const PATIENCE = MINUTE;
/** More rows than any page holds. */
const ROWS_OF_PAGE = 4096;

/** Errors about a row itself: its values, and rules for single rows. */
const OF_A_ROW = /^(22|23502|23514|54000)/;

/** Whether an error concerns one row of many, so that a search can find it. */
export const isOfARow = (error: unknown): error is DatabaseError =>
  error instanceof DatabaseError && OF_A_ROW.test(error.code ?? "");

/**
 * Finds the row that a table refused: inserts ever fewer of the staged rows, in a transaction that is rolled back. In
 * total, this inserts no more rows than the stage has. Null if it takes over a minute or finds nothing.
 */
export async function findRefused(client: Client, refused: Refused): Promise<FoundRow | null> {
  const until = Date.now() + PATIENCE;
  const undone = new Error("rolled back");
  let found: FoundRow | null = null;
  await inTransaction(client, async () => {
    await client.query(`SET LOCAL statement_timeout = ${PATIENCE / 2}; SET LOCAL lock_timeout = ${PATIENCE / 6}`);
    found = await bisect(client, refused, until);
    throw undone;
  }).catch((error) => {
    if (error !== undone && !(error instanceof DatabaseError)) throw error;
  });
  return found;
}

async function bisect(client: Client, refused: Refused, until: number): Promise<FoundRow | null> {
  const { rows } = await client.query<{ pages: number }>(
    "SELECT (pg_relation_size(to_regclass($1)) / current_setting('block_size')::int)::int AS pages",
    [refused.stage],
  );
  let [from, to] = [0, (rows[0]?.pages ?? 0) * ROWS_OF_PAGE];
  while (to - from > 1) {
    if (Date.now() > until) return null;
    const middle = Math.floor((from + to) / 2);
    if (await isRefused(client, refused, between(from, middle))) to = middle;
    else from = middle;
  }
  const row = between(from, to);
  if (!(await isRefused(client, refused, row))) return null;
  return {
    column: refused.error.column ?? (await columnOf(client, refused, row)),
    id: await idOf(client, refused, row),
  };
}

const tid = (at: number) => `'(${Math.floor(at / ROWS_OF_PAGE)},${at % ROWS_OF_PAGE})'::tid`;
const between = (from: number, to: number) => `ctid >= ${tid(from)} AND ctid < ${tid(to)}`;

/** Whether the table refuses these staged rows for the same reason, with the column `empty` set to NULL if given. */
async function isRefused(client: Client, { error, target, stage, types, own }: Refused, where: string, empty = "") {
  const { name, table } = target;
  const columns = table.columns.map((column) => {
    const its = quote(column.name);
    return column.name === empty ? `nullif(${its}, ${its}) AS ${its}` : its;
  });
  const some = `(SELECT ${columns.join(", ")} FROM ${stage} WHERE ${where}) AS r`;
  await client.query("SAVEPOINT penstock_look");
  try {
    await client.query(insertFrom(name, stagedAs(types, some, table), table), ownValues(own));
    return false;
  } catch (other) {
    if ((other as DatabaseError).code === error.code) return true;
    // Time is up, or something else interferes: the result is unknown.
    if (empty === "" && !isOfARow(other)) throw other;
    return false;
  } finally {
    await client.query("ROLLBACK TO SAVEPOINT penstock_look");
  }
}

async function columnOf(client: Client, refused: Refused, row: string): Promise<string | null> {
  for (const { name } of refused.target.table.columns) if (!(await isRefused(client, refused, row, name))) return name;
  return null;
}

async function idOf(client: Client, { target, stage }: Refused, row: string): Promise<FoundRow["id"]> {
  const name = target.table.model.columns.find(({ kind }) => kind === "uuid")?.name;
  if (name === undefined) return null;
  const { rows } = await client.query<{ value: string | null }>(
    `SELECT ${quote(name)} AS value FROM ${stage} WHERE ${row}`,
  );
  const value = rows[0]?.value;
  return value ? { name, value } : null;
}
