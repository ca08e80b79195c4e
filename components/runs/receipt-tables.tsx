import { CopyButton } from "@/components/ui/copy-button";
import { formatCount } from "@/lib/client/format";
import type { CommittedTable } from "@/lib/fields/receipt";

/** This run's rows in the warehouse's tables, counted after the commit, with the load's own counts. */
export function ReceiptTables({ tables }: { tables: readonly CommittedTable[] }) {
  return (
    <section aria-label="Tables" className="flex flex-col gap-3">
      <p className="text-muted">This run’s rows in the warehouse, counted there after the commit:</p>
      {tables.map((table) => (
        <div key={table.table} className="rounded-xl border border-border p-3.5">
          <h3 className="break-all font-mono text-[0.8125rem]">{table.table}</h3>
          <dl className="mt-2 grid grid-cols-3 gap-3">
            <Count name="Rows in the table" value={table.rows} />
            <Count name="Loaded" value={table.loaded} />
            <Count name="Rejected" value={table.rejected} bad={table.rejected > 0} />
          </dl>
          {table.jobs.length > 0 && <Jobs jobs={table.jobs} />}
        </div>
      ))}
    </section>
  );
}

function Count({ name, value, bad = false }: { name: string; value: number; bad?: boolean }) {
  return (
    <div>
      <dt className="text-muted text-xs">{name}</dt>
      <dd className={`font-semibold text-[0.9375rem] leading-6 ${bad ? "text-bad" : ""}`}>{formatCount(value)}</dd>
    </div>
  );
}

/** Ids of jobs, queries, or transactions, depending on the warehouse. */
function Jobs({ jobs }: { jobs: readonly string[] }) {
  return (
    <div className="mt-2 border-border border-t pt-2">
      <h4 className="text-muted text-xs">IDs to look up in the warehouse</h4>
      <ul className="mt-1 max-h-40 overflow-y-auto">
        {jobs.map((job) => (
          <li key={job} className="flex items-center gap-1">
            <code className="min-w-0 break-all font-mono text-xs">{job}</code>
            <CopyButton text={job} label={`Copy ${job}`} />
          </li>
        ))}
      </ul>
    </div>
  );
}
