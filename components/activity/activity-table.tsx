"use client";

import Link from "next/link";
import { RunStateBadge } from "@/components/runs/run-state";
import { CopyButton } from "@/components/ui/copy-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { RelativeTime } from "@/components/ui/time";
import { formatCount, formatInterval, plural } from "@/lib/client/format";
import type { Activity } from "@/lib/schemas/activity";
import { triggerWords } from "./triggers";

/** Requests, the newest first; a click anywhere on a row opens its run. On a phone each is a card. */
export function ActivityTable({ items, onOpen }: { items: readonly Activity[]; onOpen: (runId: string) => void }) {
  return (
    <Table aria-label="Requests">
      <thead className="max-sm:sr-only">
        <tr>
          <Th>Request</Th>
          <Th className="hidden md:table-cell">State</Th>
          <Th className="hidden lg:table-cell">Range (UTC)</Th>
          <Th className="hidden lg:table-cell">Asked by</Th>
          <Th className="hidden xl:table-cell">Format</Th>
          <Th className="hidden text-right md:table-cell">Rows</Th>
          <Th className="hidden text-right sm:table-cell">Made</Th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.runId} item={item} onOpen={onOpen} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ item, onOpen }: { item: Activity; onOpen: (runId: string) => void }) {
  return (
    <Tr className="relative transition-colors hover:bg-sunken/60">
      <Td className="max-w-0 py-2.5 max-md:w-full md:w-[32%]">
        <div className="flex items-center gap-1">
          <button
            type="button"
            aria-haspopup="dialog"
            onClick={() => onOpen(item.runId)}
            title={item.requestId}
            className="truncate rounded text-left font-mono text-[0.8125rem] after:absolute after:inset-0 after:content-['']"
          >
            {item.requestId}
          </button>
          <span className="relative z-10 -my-2 shrink-0">
            <CopyButton text={item.requestId} label={`Copy the request ID ${item.requestId}`} />
          </span>
        </div>
        <Link
          href={`/exports/${item.exportId}?run=${item.runId}`}
          className="relative z-10 block max-w-fit truncate rounded text-muted hover:text-foreground hover:underline"
        >
          {item.exportName}
        </Link>
        <Card item={item} />
      </Td>
      <Td className="hidden w-0 whitespace-nowrap md:table-cell">
        <State item={item} />
      </Td>
      <Td className="hidden whitespace-nowrap lg:table-cell">
        {formatInterval(item.intervalStart, item.intervalEnd)}
        <p className="text-muted text-xs">{item.type}</p>
      </Td>
      <Td className="hidden max-w-40 lg:table-cell">
        {triggerWords[item.trigger]}
        {item.requestedBy && (
          <p className="truncate text-muted text-xs" title={item.requestedBy}>
            {item.requestedBy}
          </p>
        )}
      </Td>
      <Td className="hidden whitespace-nowrap xl:table-cell">{formatOf(item)}</Td>
      <Td className="hidden text-right md:table-cell">{item.rows === null ? "–" : formatCount(item.rows)}</Td>
      <Td className="hidden w-0 text-right text-muted sm:table-cell">
        <RelativeTime value={item.createdAt} />
      </Td>
    </Tr>
  );
}

/** What has no column of its own at this width. */
function Card({ item }: { item: Activity }) {
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs lg:hidden">
      <span className="md:hidden">
        <State item={item} />
      </span>
      <span>{formatInterval(item.intervalStart, item.intervalEnd)}</span>
      <span>{[triggerWords[item.trigger], item.requestedBy].filter(Boolean).join(", ")}</span>
      <span>{formatOf(item)}</span>
      {item.rows !== null && <span className="md:hidden">{plural(item.rows, "row")}</span>}
      <span className="sm:hidden">
        <RelativeTime value={item.createdAt} />
      </span>
    </div>
  );
}

const formatOf = ({ format, compression }: Activity) => (compression === "none" ? format : `${format}, ${compression}`);

/** A completed run is called done here. */
const State = ({ item: { state } }: { item: Activity }) => (
  <RunStateBadge run={{ state: state === "Done" ? "Completed" : state }} done="Done" />
);
