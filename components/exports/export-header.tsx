"use client";

import { ChevronLeft, CirclePause, CirclePlay, EllipsisVertical, History, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PageHeader } from "@/components/app/page-header";
import { Badge } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { RelativeTime } from "@/components/ui/time";
import { formatCount, formatTime } from "@/lib/client/format";
import { scheduleWords } from "@/lib/client/schedule-words";
import type { Export } from "@/lib/schemas/export";
import { CoverageStrip } from "./coverage-strip";
import { DeleteExportDialog } from "./delete-export-dialog";
import { PausedBadge } from "./export-row";
import { usePause } from "./use-export-actions";

/** An export's name and state, what one can do with it, and its figures. */
export function ExportHeader({ value, onCreateHistoric }: { value: Export; onCreateHistoric: () => void }) {
  const pause = usePause(value);
  return (
    <>
      <Link
        href="/exports"
        className="-mt-1 mb-1 inline-flex h-8 items-center gap-1 rounded text-muted hover:text-foreground"
      >
        <ChevronLeft className="size-4" aria-hidden /> Exports
      </Link>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 break-words">{value.name}</span>
            {value.paused ? <PausedBadge /> : <ActiveBadge />}
          </span>
        }
        description={
          <span className="break-all font-mono text-xs">
            s3://{value.bucket}/{value.destination.prefix}
          </span>
        }
        actions={
          <>
            <Button variant="primary" onClick={onCreateHistoric}>
              <History aria-hidden /> Create historic export
            </Button>
            <Button onClick={() => pause.mutate(!value.paused)} pending={pause.isPending}>
              {!pause.isPending && (value.paused ? <CirclePlay aria-hidden /> : <CirclePause aria-hidden />)}
              {value.paused ? "Resume" : "Pause"}
            </Button>
            <ButtonLink href={`/exports/${value.id}/edit`}>
              <Pencil aria-hidden /> Edit
            </ButtonLink>
            <MoreMenu value={value} />
          </>
        }
      />
      <Figures value={value} />
    </>
  );
}

function ActiveBadge() {
  return (
    <Badge tone="ok">
      <CirclePlay aria-hidden /> Active
    </Badge>
  );
}

function MoreMenu({ value }: { value: Export }) {
  const [deleting, setDeleting] = useState(false);
  const router = useRouter();
  return (
    <>
      <Menu
        trigger={
          <Button size="icon" className="sm:size-9" aria-label="More actions">
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <MenuItem danger onSelect={() => setDeleting(true)}>
          <Trash2 aria-hidden /> Delete…
        </MenuItem>
      </Menu>
      {deleting && (
        <DeleteExportDialog value={value} open onOpenChange={setDeleting} onDeleted={() => router.push("/exports")} />
      )}
    </>
  );
}

function Figures({ value }: { value: Export }) {
  const figures = [
    ["Schedule", scheduleWords(value.schedule)],
    ["Next run", value.nextRunAt && !value.paused ? <RelativeTime key="next" value={value.nextRunAt} /> : "None"],
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
    </div>
  );
}
