import type { ColumnChoice } from "@/lib/fields/columns";
import { type ModelName, tablesOfModel } from "@/lib/rows/tables/registry";

/** A column of the model as the form lists it. */
export interface ColumnRow {
  name: string;
  /** The tables that have it, where the export carries several. */
  tables: readonly string[];
}

/** The columns of a model: those that are chosen first, in the order of the file, then the rest in the model's own. */
export function columnRows(model: ModelName, choices: readonly ColumnChoice[] | null): ColumnRow[] {
  const parts = tablesOfModel(model);
  const names = [
    ...new Set([
      ...(choices ?? []).map(({ name }) => name),
      ...parts.flatMap(({ columns }) => columns.map(({ name }) => name)),
    ]),
  ];
  const tablesOf = (column: string) =>
    parts.filter(({ columns }) => columns.some(({ name }) => name === column)).map(({ table }) => table);
  return names.map((name) => ({ name, tables: parts.length > 1 ? tablesOf(name) : [] }));
}

/** The choices after one column was taken in or out; they keep the order of the rows. */
export function include(
  rows: readonly ColumnRow[],
  choices: readonly ColumnChoice[],
  name: string,
  included: boolean,
): ColumnChoice[] {
  return rows.flatMap((row) => {
    const known = choices.find((choice) => choice.name === row.name);
    if (row.name !== name) return known ? [known] : [];
    return included ? [known ?? { name, as: null, hash: false }] : [];
  });
}

/** Every column as it is, to take some away from. */
export const allColumns = (model: ModelName): ColumnChoice[] =>
  columnRows(model, null).map(({ name }) => ({ name, as: null, hash: false }));
