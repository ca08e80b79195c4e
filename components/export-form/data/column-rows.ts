import type { ColumnChoice } from "@/lib/fields/columns";
import { type ModelName, tablesOfModel } from "@/lib/rows/tables/registry";

/** A column of the model in the form's list. */
export interface ColumnRow {
  name: string;
  /** The tables with this column, if the export carries several. */
  tables: readonly string[];
}

/** The columns of a model: the chosen ones in file order, then the rest in model order. */
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

/** The choices after including or excluding one column, in the order of the rows. */
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

/** Every column unchanged, as the starting point for excluding some. */
export const allColumns = (model: ModelName): ColumnChoice[] =>
  columnRows(model, null).map(({ name }) => ({ name, as: null, hash: false }));
