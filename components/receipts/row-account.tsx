import { CircleCheck, TriangleAlert } from "lucide-react";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { cn } from "@/lib/client/cn";
import { formatCount } from "@/lib/client/format";
import type { Accounting } from "@/lib/fields/receipt";
import { type AccountLine, closes, linesOf } from "./accounting";

/** What became of every row of a window: a sum from top to bottom, with a column for each table of the source. */
export function RowAccount({ tables, rows }: { tables: readonly Accounting[]; rows: number }) {
  return (
    <section aria-labelledby="row-account" className="flex flex-col gap-2">
      <h3 id="row-account" className="font-semibold">
        Every row accounted for
      </h3>
      <Table aria-labelledby="row-account">
        <thead>
          <tr>
            <Th>Rows of the source</Th>
            {tables.map(({ table }) => (
              <Th key={table} className="text-right font-mono">
                {table}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {linesOf(tables).map((line) => (
            <Line key={line.name} line={line} tables={tables} />
          ))}
        </tbody>
      </Table>
      <Closing tables={tables} rows={rows} />
    </section>
  );
}

function Line({ line: { name, label, isLeftOut }, tables }: { line: AccountLine; tables: readonly Accounting[] }) {
  return (
    <Tr className={cn(name === "selected" && "bg-sunken")}>
      <th scope="row" className={cn("px-3 py-2 text-left font-normal", isLeftOut ? "text-muted" : "font-medium")}>
        {label}
      </th>
      {tables.map((table) => (
        <Td key={table.table} className={cn("text-right", !isLeftOut && "font-medium")}>
          {isLeftOut && table[name] > 0 && "−"}
          {formatCount(table[name])}
        </Td>
      ))}
    </Tr>
  );
}

function Closing({ tables, rows }: { tables: readonly Accounting[]; rows: number }) {
  const isExpanded = tables.some(({ selected, expandedTo }) => selected !== expandedTo);
  if (!closes(tables, rows))
    return (
      <p className="flex gap-2 text-bad">
        <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
        The numbers don’t add up: some rows are neither selected nor excluded for a counted reason.
      </p>
    );
  return (
    <p className="flex gap-2 text-muted">
      <CircleCheck className="mt-0.5 size-4 shrink-0 text-ok" aria-hidden />
      <span>
        The numbers add up: each row that arrived in the window was selected, or excluded for one counted reason.
        {isExpanded && " A person is written as one row for each of their IDs."}
      </span>
    </p>
  );
}
