"use client";

import { RunStateBadge } from "@/components/runs/run-state";
import { TRIGGERS } from "@/components/runs/trigger-words";
import { CopyButton } from "@/components/ui/copy-button";
import { type Column, DataTable, opensRow } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { cn } from "@/lib/client/cn";
import { formatCount, formatInterval, plural } from "@/lib/client/format";
import type { Activity } from "@/lib/schemas/activity";

/** Requests, newest first. A click anywhere on a row opens its run. On a phone each row is a card. */
export function ActivityTable({ items, onOpen }: { items: readonly Activity[]; onOpen: (runId: string) => void }) {
  return <DataTable label="Requests" columns={columnsFor(onOpen)} rows={items} keyOf={({ runId }) => runId} opens />;
}

const columnsFor = (onOpen: (runId: string) => void): Column<Activity>[] => [
  {
    header: "Request",
    // Wide enough for a whole ID with its button.
    className: "max-w-0 min-w-48 py-2.5 max-md:w-full md:w-[32%]",
    cell: (item) => <Request item={item} onOpen={onOpen} />,
  },
  { header: "State", from: "md", className: "w-0 whitespace-nowrap", cell: (item) => <State item={item} /> },
  {
    header: "Range (UTC)",
    from: "lg",
    className: "whitespace-nowrap",
    cell: (item) => (
      <>
        {formatInterval(item.intervalStart, item.intervalEnd)}
        <p className="text-muted text-xs">{item.type}</p>
      </>
    ),
  },
  {
    header: "Requested by",
    from: "xl",
    className: "max-w-40",
    cell: ({ trigger, requestedBy }) => (
      <>
        {TRIGGERS[trigger]}
        {requestedBy && (
          <p className="truncate text-muted text-xs" title={requestedBy}>
            {requestedBy}
          </p>
        )}
      </>
    ),
  },
  { header: "Format", from: "xl", className: "whitespace-nowrap", cell: formatOf },
  { header: "Rows", from: "md", align: "right", cell: ({ rows }) => (rows === null ? "–" : formatCount(rows)) },
  {
    header: "Created",
    from: "sm",
    align: "right",
    className: "w-0 text-muted",
    cell: ({ createdAt }) => <RelativeTime value={createdAt} />,
  },
];

function Request({ item, onOpen }: { item: Activity; onOpen: (runId: string) => void }) {
  return (
    <>
      <div className="flex items-center gap-1">
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => onOpen(item.runId)}
          title={item.requestId}
          className={cn("min-h-6 truncate rounded text-left font-mono text-[0.8125rem]", opensRow)}
        >
          {item.requestId}
        </button>
        <span className="relative z-10 -my-2 shrink-0">
          <CopyButton text={item.requestId} label={`Copy the request ID ${item.requestId}`} />
        </span>
      </div>
      <Link
        href={`/exports/${item.exportId}?run=${item.runId}`}
        className="relative z-10 block max-w-fit truncate rounded text-muted leading-6 hover:text-foreground hover:underline"
      >
        {item.exportName}
      </Link>
      <Card item={item} />
    </>
  );
}

/** Fields without a column at this width. */
function Card({ item }: { item: Activity }) {
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs xl:hidden">
      <span className="md:hidden">
        <State item={item} />
      </span>
      <span className="lg:hidden">{formatInterval(item.intervalStart, item.intervalEnd)}</span>
      <span>{[TRIGGERS[item.trigger], item.requestedBy].filter(Boolean).join(", ")}</span>
      <span>{formatOf(item)}</span>
      {item.rows !== null && <span className="md:hidden">{plural(item.rows, "row")}</span>}
      <span className="sm:hidden">
        <RelativeTime value={item.createdAt} />
      </span>
    </div>
  );
}

const formatOf = ({ format, compression }: Activity) => (compression === "none" ? format : `${format}, ${compression}`);

/** Shows a completed run as "Done". */
const State = ({ item: { state } }: { item: Activity }) => (
  <RunStateBadge run={{ state: state === "Done" ? "Completed" : state }} done="Done" />
);
