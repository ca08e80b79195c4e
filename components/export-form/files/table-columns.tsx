import {
  OWN_COLUMNS,
  type WarehouseColumn,
  type WarehouseKind,
  type WarehouseTable,
} from "@/lib/destinations/warehouse/tables";
import type { ColumnChoice } from "@/lib/fields/columns";

/** What a column holds; each warehouse has its own type names. */
const KINDS: Record<WarehouseKind, string> = { text: "text", json: "JSON", time: "time", int: "whole number" };

interface TableColumnsProps {
  name: string;
  table: WarehouseTable;
  choices: readonly ColumnChoice[] | null;
}

/** The columns that a table gets. */
export function TableColumns({ name, table, choices }: TableColumnsProps) {
  return (
    <section aria-label={`Columns of ${name}`} className="rounded-xl bg-sunken p-3">
      <h3 className="font-medium text-[0.8125rem]">
        Columns of <code className="break-all font-mono">{name}</code>
      </h3>
      <p className="mt-0.5 text-[0.8125rem] text-muted">
        The table is created with these. Columns that an existing table lacks are added.
        {choices && " Columns that the export excludes are NULL."}
        {table.mergeBy &&
          ` Rows with the same ${table.mergeBy.key.join(" and ")} count as one: the newest is kept, by ingestion time, then by version.`}
      </p>
      <ColumnList columns={table.columns} />
      <h4 className="mt-3 text-[0.8125rem] text-muted">Columns that Penstock adds to each row</h4>
      <ColumnList columns={OWN_COLUMNS} />
    </section>
  );
}

function ColumnList({ columns }: { columns: readonly WarehouseColumn[] }) {
  return (
    <ul className="mt-1.5 grid grid-cols-1 gap-x-6 gap-y-0.5 sm:grid-cols-2 lg:grid-cols-3">
      {columns.map(({ name, kind }) => (
        <li key={name} className="flex items-baseline justify-between gap-3 border-border border-b py-1">
          <code className="min-w-0 break-all font-mono text-xs">{name}</code>
          <span className="shrink-0 text-muted text-xs">{KINDS[kind]}</span>
        </li>
      ))}
    </ul>
  );
}
