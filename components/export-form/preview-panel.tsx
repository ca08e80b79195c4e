"use client";

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { formatBytes, formatCount, formatInterval, plural } from "@/lib/client/format";
import { indentJson } from "@/lib/client/json-indent";
import { previewInput } from "@/lib/client/preview";
import { previewQuery } from "@/lib/client/queries";
import type { CreateExport, Preview } from "@/lib/schemas/export";

/** What the export would have written for the last full period, asked of the source. */
export function PreviewPanel({ projectId, value }: { projectId: string; value: CreateExport }) {
  const preview = useQuery(previewQuery(projectId, previewInput(value)));
  if (preview.isPending)
    return (
      <div role="status" aria-label="Asking the source for a preview" className="flex flex-col gap-3">
        <Skeleton className="h-12 w-full" />
        <Skeleton className="h-24 w-full" />
      </div>
    );
  if (preview.isError)
    return <ErrorState title="No preview right now" error={preview.error} onRetry={() => preview.refetch()} />;
  return <PreviewFigures preview={preview.data} />;
}

function PreviewFigures({ preview }: { preview: Preview }) {
  const figures = [
    ["Rows", formatCount(preview.rows)],
    ["Uncompressed", formatBytes(preview.bytes)],
    ["Files", formatCount(preview.files)],
  ] as const;
  const sample = preview.sampleRows[0];
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">
        The last full period, {formatInterval(preview.intervalStart, preview.intervalEnd)} UTC, would be:
      </p>
      <dl className="grid grid-cols-3 gap-2">
        {figures.map(([name, figure]) => (
          <div key={name} className="rounded-xl bg-sunken p-3">
            <dt className="text-muted text-xs">{name}</dt>
            <dd className="mt-0.5 font-semibold text-lg leading-6">{figure}</dd>
          </div>
        ))}
      </dl>
      {preview.keys.length > 0 && (
        <div>
          <h3 className="text-muted text-xs">{plural(preview.keys.length, "key")}</h3>
          <ul className="mt-1 max-h-32 overflow-y-auto font-mono text-xs leading-5">
            {preview.keys.map((key) => (
              <li key={key} className="break-all">
                {key}
              </li>
            ))}
          </ul>
        </div>
      )}
      {sample ? (
        <div>
          <h3 className="text-muted text-xs">A row of it</h3>
          <pre className="mt-1 max-h-64 overflow-auto whitespace-pre-wrap break-all rounded-xl bg-sunken p-3 font-mono text-xs">
            {indentJson(sample)}
          </pre>
        </div>
      ) : (
        <p className="text-muted">No event arrived in it, so there is no row to show.</p>
      )}
    </div>
  );
}
