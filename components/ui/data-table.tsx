import type { ReactNode } from "react";
import { cn } from "@/lib/client/cn";
import { Table, Td, Th, Tr } from "./table";

/** Columns that appear only from this width up. Narrower tables show their content in another column's cell. */
const FROM = {
  sm: "hidden sm:table-cell",
  md: "hidden md:table-cell",
  lg: "hidden lg:table-cell",
  xl: "hidden xl:table-cell",
};

export interface Column<T> {
  header: string;
  /** Hides the header visually, always or on phones. Screen readers still read it. */
  headerClass?: "sr-only" | "max-sm:sr-only";
  from?: keyof typeof FROM;
  align?: "right";
  /** Classes of the cells only. */
  className?: string;
  title?: (row: T) => string | undefined;
  cell: (row: T) => ReactNode;
}

interface DataTableProps<T> {
  /** The table's accessible name. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** Whether a click anywhere on a row opens it: a control with `opensRow` in one of its cells covers the row. */
  opens?: boolean;
  rowClass?: (row: T) => string | undefined;
  /** Whether paper has all columns; content of theirs in other cells is `print:hidden` then. */
  printsAll?: boolean;
}

/** The class of the link or button that opens its row. Other controls in the row need `relative z-10`. */
export const opensRow = "after:absolute after:inset-0 after:content-['']";

const placeOf = ({ from, align }: Pick<Column<never>, "from" | "align">, printsAll: boolean) =>
  cn(from && FROM[from], printsAll && "print:table-cell", align === "right" && "text-right");

/** A table of uniform rows. On phones only screen readers get its headers. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, keyOf, opens = false, rowClass, printsAll = false } = props;
  return (
    <Table aria-label={label}>
      <thead className={cn("max-sm:sr-only", printsAll && "print:not-sr-only")}>
        <tr>
          {columns.map(({ header, headerClass, ...column }) => (
            <Th key={header} className={placeOf(column, printsAll)}>
              {headerClass ? <span className={headerClass}>{header}</span> : header}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr
            key={keyOf(row)}
            className={cn(opens && "relative transition-colors hover:bg-sunken/60", rowClass?.(row))}
          >
            {columns.map(({ header, title, className, cell, ...column }) => (
              <Td key={header} className={cn(placeOf(column, printsAll), className)} title={title?.(row)}>
                {cell(row)}
              </Td>
            ))}
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
