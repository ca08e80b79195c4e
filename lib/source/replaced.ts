import type { FileBounds, Replaced } from "../db/schema/run-files";
import type { Replacements } from "../fields/receipt";
import type { Encoding } from "../rows/formats/encoding";
import { quote } from "../rows/quote";
import { queryRows, type Source } from "./client";
import { rowsOf, type TableExtract } from "./encode";
import { predicate, saltParam } from "./predicate";
import { anyDirty } from "./strict";

/** How many row ids the run's log has per column and reason. */
const SAMPLES = 3;

interface FoundRow {
  column: string;
  reason: Replacements[number]["reason"];
  found: string;
  ids: string[];
}

/** What is replaced in a file, with sample row ids per column and reason. */
export interface FoundReplaced {
  replaced: Replaced;
  ids: string[][];
}

/** Counts replaced values in a file's rows, and in a second pass replaced characters. Throws an `ExportError`. */
export async function countReplaced(
  source: Source,
  written: TableExtract,
  bounds: FileBounds,
  signal?: AbortSignal,
): Promise<FoundReplaced> {
  const { selection, encoding, salt } = written;
  const { model } = selection;
  const where = predicate(selection, bounds);
  const from = `FROM (SELECT * FROM ${rowsOf(written, where.sql)}) WHERE ${anyDirty(encoding)}`;
  const params = { ...where.params, ...saltParam(salt) };
  const settings = { prefer_column_name_to_alias: 1 as const };
  const reasons = encoding.replacements.map(
    ({ column, reasons }) => `arrayMap(reason -> (${quote(column)}, reason), ${reasons})`,
  );
  const rows = await queryRows<FoundRow>(
    source,
    `SELECT x.1 AS column, x.2 AS reason, count() AS found, groupArraySorted(${SAMPLES})(row_id) AS ids FROM (` +
      `SELECT toString(${model.id}) AS row_id, arrayJoin(arrayConcat([], ${reasons.join(", ")})) AS x ` +
      `${from}) GROUP BY x ORDER BY x`,
    { params, settings, signal },
  );
  const values = rows.map(({ column, reason, found }) => ({
    table: model.table,
    column,
    reason,
    values: Number(found),
  }));
  const characters = await countCharacters(source, written, { from, params, rows: rows.length }, signal);
  return { replaced: { values, characters }, ids: rows.map(({ ids }) => ids) };
}

/** Result for a file of this encoding without replacements. */
export const nothingReplaced = ({ replaced }: Encoding): Replaced => ({
  values: [],
  characters: replaced === null ? null : 0,
});

async function countCharacters(
  source: Source,
  { encoding }: TableExtract,
  { from, params, rows }: { from: string; params: Record<string, unknown>; rows: number },
  signal?: AbortSignal,
): Promise<number | null> {
  if (encoding.replaced === null || rows === 0) return nothingReplaced(encoding).characters;
  const [row] = await queryRows<{ found: string }>(source, `SELECT sum(${encoding.replaced}) AS found ${from}`, {
    params,
    signal,
  });
  return Number(row?.found ?? 0);
}
