"use client";

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { formatInterval, formatTime } from "@/lib/client/format";
import { previewQuery } from "@/lib/client/queries";
import { writesFiles } from "@/lib/destinations/outlines";
import type { CreateExport, Preview } from "@/lib/schemas/export";
import { PreviewCost } from "./preview-cost";
import { PreviewFigures } from "./preview-figures";
import { EarlierWindows, PreviewKeys } from "./preview-keys";
import { PreviewSample } from "./preview-sample";

/** What the export would have written for the last full window, from the source. */
export function PreviewPanel({ projectId, value }: { projectId: string; value: CreateExport }) {
  const preview = useQuery(previewQuery(projectId, value));
  if (preview.isPending)
    return (
      <div role="status" aria-label="Loading a preview from the source" className="flex flex-col gap-3">
        <Skeleton className="h-32 w-full" />
        <Skeleton className="h-24 w-full" />
      </div>
    );
  if (preview.isError)
    return <ErrorState title="Preview unavailable" error={preview.error} onRetry={() => preview.refetch()} />;
  return <Previewed preview={preview.data} value={value} />;
}

function Previewed({ preview, value }: { preview: Preview; value: CreateExport }) {
  const hasKeys = writesFiles(value.destination);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{windowWords(preview, value)} would be:</p>
      <PreviewFigures preview={preview} />
      {preview.cost && <PreviewCost cost={preview.cost} />}
      {hasKeys && <PreviewKeys window={preview} />}
      <PreviewSample preview={preview} value={value} />
      <EarlierWindows windows={preview.earlier} withKeys={hasKeys} />
    </div>
  );
}

/** Names the window, as the beginning of a sentence. */
function windowWords({ intervalStart, intervalEnd }: Preview, { schedule, startAt }: CreateExport): string {
  if (schedule.every !== "once") return `The last full window, ${formatInterval(intervalStart, intervalEnd)} UTC,`;
  return startAt === null
    ? `Everything until ${formatTime(intervalEnd)}`
    : `The range, ${formatInterval(intervalStart, intervalEnd)} UTC,`;
}
