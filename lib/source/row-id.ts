import type { FileBounds } from "../db/schema/run-files";
import { queryRows, type Source } from "./client";
import { rowsOf, type TableExtract } from "./encode";
import { predicate, saltParam } from "./predicate";

/** A row's id as the file has it, and its column name there. */
interface RowId {
  name: string;
  id: string;
}

/** The id of a file's row, by its 1-based position; null if the file has no ids or the row no longer exists. */
export async function rowIdAt(
  source: Source,
  written: TableExtract,
  bounds: FileBounds,
  line: number,
  signal?: AbortSignal,
): Promise<RowId | null> {
  const { selection, encoding, salt } = written;
  const { model } = selection;
  const name = model.columns.find(({ kind }) => kind === "uuid")?.name;
  const field = encoding.shape.fields.find((each) => each.name === name);
  if (!field) return null;
  const where = predicate(selection, bounds);
  const rows = await queryRows<{ id: string | null }>(
    source,
    `SELECT toString(${field.sql}) AS id FROM ${rowsOf(written, where.sql)} ` +
      `ORDER BY inserted_at, ${model.id} LIMIT 1 OFFSET ${line - 1}`,
    { params: { ...where.params, ...saltParam(salt) }, settings: { prefer_column_name_to_alias: 1 }, signal },
  );
  const id = rows[0]?.id;
  return id ? { name: field.name, id } : null;
}
