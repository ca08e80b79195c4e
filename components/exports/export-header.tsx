"use client";

import dynamic from "next/dynamic";
import { PageHeader } from "@/components/app/page-header";
import { BackLink } from "@/components/ui/back-link";
import { Breakable } from "@/components/ui/breakable";
import { RelativeTime } from "@/components/ui/time";
import { formatCount, formatTime } from "@/lib/client/format";
import { scheduleWords } from "@/lib/client/schedule-words";
import { NEWEST_FILE_SCHEMA } from "@/lib/fields/file-schemas";
import type { Export } from "@/lib/schemas/export";
import { CoverageStrip } from "./coverage-strip";
import { ExportActions } from "./export-actions";
import { ExportBadge } from "./export-badge";
import { MissedWindows } from "./missed-windows";
import { Stopped } from "./stopped";
import { writesTo } from "./writes-to";

const FileSchemaOffer = dynamic(() => import("./file-schema-offer").then((it) => it.FileSchemaOffer), {
  loading: () => null,
});

interface HeaderProps {
  value: Export;
  /** Whether anything is running. */
  live: boolean;
  onCreateHistoric: () => void;
}

/** An export's name, state, actions, reason for not running, and figures. */
export function ExportHeader({ value, live, onCreateHistoric }: HeaderProps) {
  return (
    <>
      <BackLink href="/exports">Exports</BackLink>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 break-words">{value.name}</span>
            <ExportBadge value={value} />
          </span>
        }
        description={
          <span className="break-words font-mono text-xs">
            <Breakable text={writesTo(value)} />
          </span>
        }
        actions={<ExportActions value={value} onCreateHistoric={onCreateHistoric} />}
      />
      <Stopped value={value} />
      {value.fileSchema !== NEWEST_FILE_SCHEMA && <FileSchemaOffer value={value} />}
      <Figures value={value} live={live} />
    </>
  );
}

function Figures({ value, live }: { value: Export; live: boolean }) {
  const figures = [
    ["Schedule", scheduleWords(value.schedule)],
    [
      "Next run",
      value.nextRunAt && !value.paused ? <RelativeTime key="next" value={value.nextRunAt} upcoming /> : "None",
    ],
    ["Last success", value.lastSuccessAt ? <RelativeTime key="last" value={value.lastSuccessAt} /> : "Never"],
    ["Rows in 24 h", formatCount(value.rowsLast24h)],
    ["Ends", value.endAt ? formatTime(value.endAt) : "Never"],
  ] as const;
  return (
    <div className="mb-6 overflow-hidden rounded-xl border border-border bg-surface shadow-raised">
      <dl className="grid grid-cols-2 gap-px border-border border-b bg-border sm:grid-cols-5">
        {figures.map(([name, figure]) => (
          <div key={name} className="bg-surface px-4 py-3 last:max-sm:col-span-2">
            <dt className="text-muted text-xs">{name}</dt>
            <dd className="mt-0.5 font-medium">{figure}</dd>
          </div>
        ))}
      </dl>
      <CoverageStrip value={value} />
      <MissedWindows value={value} live={live} />
    </div>
  );
}
