import { type Column, DataTable } from "@/components/ui/data-table";
import { OUTCOMES } from "@/lib/client/check-words";
import { cn } from "@/lib/client/cn";
import { formatCount, formatInterval, formatTime, plural } from "@/lib/client/format";
import { QUIET_OUTCOMES } from "@/lib/fields/check-names";
import type { Certificate } from "@/lib/schemas/receipt";
import { shortHash } from "./copied-hash";

type Item = Certificate["items"][number];

const STATES: Record<Item["state"], string> = {
  committed: "Committed",
  broken: "Broken",
  running: "Running",
  failed: "Failed",
  cancelled: "Canceled",
  missing: "Not exported",
  due: "Due",
  not_expected: "Not expected",
};

const COMPARED = { listing: "By listing", head: "By HEAD", no: "No" };

const COLUMNS: Column<Item>[] = [
  { header: "Window", cell: (item) => <Window item={item} /> },
  { header: "State", from: "sm", cell: (item) => <State item={item} /> },
  { header: "Rows", from: "sm", align: "right", cell: ({ rows }) => orDash(rows, formatCount) },
  { header: "Receipt", from: "md", align: "right", cell: ({ sequence }) => orDash(sequence, formatCount) },
  { header: "Hash", from: "md", className: "whitespace-nowrap", cell: (item) => <Hash item={item} /> },
  { header: "Last check", from: "lg", cell: (item) => <LastCheck item={item} /> },
  {
    header: "Objects compared",
    from: "lg",
    className: "whitespace-nowrap",
    cell: ({ compared }) => orDash(compared, (how) => COMPARED[how]),
  },
];

/** Every window of a certificate. */
export function CertificateWindows({ items }: { items: Certificate["items"] }) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="windows" className="flex flex-col gap-3 print:block print:space-y-3">
      <div>
        <h2 id="windows" className="font-semibold text-[0.9375rem]">
          Windows
        </h2>
        <p className="mt-0.5 text-muted">
          Times are in UTC. Hashes are shortened here; the downloaded file has all of them in full.
        </p>
      </div>
      <DataTable
        label="Windows"
        columns={COLUMNS}
        rows={items}
        keyOf={({ intervalStart }) => intervalStart}
        printsAll
      />
    </section>
  );
}

const orDash = <T,>(value: T | null, format: (value: T) => string) => (value === null ? "–" : format(value));

const State = ({ item: { state } }: { item: Item }) => (
  <span className={cn("whitespace-nowrap", state !== "committed" && "font-medium text-warn")}>{STATES[state]}</span>
);

const Hash = ({ item: { sha256 } }: { item: Item }) =>
  sha256 === null ? (
    "–"
  ) : (
    <code className="font-mono text-xs" title={sha256}>
      {shortHash(sha256)}
    </code>
  );

/** What the last later check found; before any, when the source was asked before the commit. */
const LastCheck = ({ item: { outcome, checkedAt } }: { item: Item }) => (
  <>
    <span className={cn(outcome !== null && !QUIET_OUTCOMES.includes(outcome) && "font-medium text-warn")}>
      {outcome === null ? orDash(checkedAt, () => "Before the commit") : OUTCOMES[outcome].label}
    </span>
    {checkedAt !== null && <span className="block whitespace-nowrap text-muted text-xs">{formatTime(checkedAt)}</span>}
  </>
);

/** The interval, and fields without a column at this width. Paper has all columns. */
function Window({ item }: { item: Item }) {
  const { intervalStart, intervalEnd, rows, sequence, checkedAt, compared } = item;
  return (
    <>
      <span className="font-medium sm:whitespace-nowrap">{formatInterval(intervalStart, intervalEnd)}</span>
      <div className="mt-0.5 text-muted text-xs sm:hidden print:hidden">
        <State item={item} />
        {rows !== null && ` · ${plural(rows, "row")}`}
      </div>
      {sequence !== null && (
        <p className="mt-0.5 text-muted text-xs md:hidden print:hidden">
          Receipt {formatCount(sequence)} · <Hash item={item} />
        </p>
      )}
      {checkedAt !== null && (
        <div className="mt-0.5 text-muted text-xs lg:hidden print:hidden">
          Last check: <LastCheck item={item} />
          {compared !== null && `Objects compared: ${COMPARED[compared].toLowerCase()}`}
        </div>
      )}
    </>
  );
}
