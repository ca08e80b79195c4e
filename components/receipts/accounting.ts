import type { Accounting } from "@/lib/fields/receipt";

type Count = Exclude<keyof Accounting, "table">;

export interface AccountLine {
  name: Count;
  label: string;
  /** Whether these rows were left out, which the sum subtracts. */
  isLeftOut: boolean;
}

const line = (name: Count, label: string, isLeftOut = false): AccountLine => ({ name, label, isLeftOut });

const LINES: readonly AccountLine[] = [
  line("inWindow", "In the window"),
  line("olderVersions", "Older versions", true),
  line("deleted", "Deleted", true),
  line("duplicates", "Duplicates", true),
  line("excludedByEvent", "Excluded by event", true),
  line("excludedByProperty", "Excluded by property", true),
  line("selected", "Selected"),
  line("expandedTo", "Written"),
];

/** The lines of an account in the order of its sum, without those that left nothing out of any table. */
export const linesOf = (tables: readonly Accounting[]): AccountLine[] =>
  LINES.filter(({ name, isLeftOut }) => !isLeftOut || tables.some((table) => table[name] > 0));

/** Whether every row of the window is selected or left out for one counted reason, and every written row is in `rows`. */
export function closes(tables: readonly Accounting[], rows: number): boolean {
  const leftOver = (table: Accounting) =>
    LINES.reduce((rest, { name, isLeftOut }) => (isLeftOut ? rest - table[name] : rest), table.inWindow) -
    table.selected;
  const written = tables.reduce((sum, { expandedTo }) => sum + expandedTo, 0);
  return written === rows && tables.every((table) => leftOver(table) === 0);
}
