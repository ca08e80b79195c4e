"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleDashed, CircleX, FileX2, LoaderCircle } from "lucide-react";
import { ProgressLine } from "@/components/live/progress-line";
import { useRunProgress } from "@/components/live/use-run-progress";
import { Badge, type Tone } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { formatBytes, formatCount } from "@/lib/client/format";
import { runFilesQuery } from "@/lib/client/queries";
import type { FileProgress } from "@/lib/schemas/progress";
import type { Run, RunFile } from "@/lib/schemas/run";

const looks: Record<RunFile["state"], { tone: Tone; Icon: typeof CircleCheck; word: string }> = {
  Pending: { tone: "idle", Icon: CircleDashed, word: "Waiting" },
  Running: { tone: "info", Icon: LoaderCircle, word: "Writing" },
  Completed: { tone: "ok", Icon: CircleCheck, word: "Written" },
  Failed: { tone: "bad", Icon: CircleX, word: "Failed" },
};

/** The files of a run, each with its counts and hashes from the upload. */
export function RunFiles({ run }: { run: Run }) {
  const files = useQuery(runFilesQuery(run));
  const progress = useRunProgress(run);
  if (files.isPending) return <TableSkeleton label="Loading files" rows={2} />;
  if (files.isError) return <ErrorState title="Couldn’t load files" error={files.error} onRetry={files.refetch} />;
  if (files.data.items.length === 0)
    return (
      <EmptyState icon={<FileX2 aria-hidden />} title="No files">
        {run.state === "Completed"
          ? "Nothing arrived in this interval, so no files were needed. The receipt says so."
          : "The run hasn’t planned its files yet, or ended before it could."}
      </EmptyState>
    );
  const { items, nextCursor } = files.data;
  return (
    <>
      <ul aria-label="Files" className="flex flex-col gap-3">
        {items.map((file) => (
          <FileCard
            key={`${file.index} ${file.key}`}
            file={file}
            progress={progress?.writing.find(({ key }) => key === file.key)}
          />
        ))}
      </ul>
      {nextCursor !== null && (
        <p className="mt-3 text-muted">
          The first {formatCount(items.length)} files are shown; the receipt names them all.
        </p>
      )}
    </>
  );
}

function FileCard({ file, progress }: { file: RunFile; progress: FileProgress | undefined }) {
  const { tone, Icon, word } = looks[file.state];
  const retrying = file.state === "Running" && file.error?.retryable;
  return (
    <li className="rounded-xl border border-border p-3">
      <div className="flex items-start gap-1">
        <p className="min-w-0 flex-1 break-all pt-1.5 font-mono text-xs leading-5">{file.key}</p>
        <CopyButton text={file.key} label="Copy the key" />
      </div>
      <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <Badge tone={retrying ? "warn" : tone}>
          <Icon className={file.state === "Running" ? "animate-spin" : undefined} aria-hidden />
          {retrying ? `Retrying, attempt ${file.attempt}` : word}
        </Badge>
        <span>
          {formatCount(file.rows ?? file.expectedRows)} <span className="text-muted">rows</span>
        </span>
        {file.bytes !== null && <span>{formatBytes(file.bytes)}</span>}
      </div>
      {file.state === "Running" && progress && (
        <div className="mt-2.5">
          <ProgressLine of={progress} label={`Rows of ${file.key}`} />
        </div>
      )}
      {(file.sha256 || file.etag) && (
        <dl className="mt-2 flex flex-wrap gap-x-6 border-border border-t pt-2 text-xs">
          {file.sha256 && <Digest name="sha256" value={file.sha256} />}
          {file.etag && <Answer etag={file.etag} />}
        </dl>
      )}
      {file.error && file.state === "Failed" && <p className="mt-2 break-words text-bad">{file.error.message}</p>}
    </li>
  );
}

/** The storage's response: an ETag, or a warehouse's load result in words. ETags contain no spaces. */
function Answer({ etag }: { etag: string }) {
  if (!etag.includes(" ")) return <Digest name="ETag" value={etag.replaceAll('"', "")} />;
  return (
    <div className="flex gap-1.5 py-2">
      <dt className="text-muted">Loaded</dt>
      <dd className="break-all font-mono">{etag}</dd>
    </div>
  );
}

function Digest({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex items-center gap-1.5">
      <dt className="text-muted">{name}</dt>
      <dd className="flex items-center gap-1.5 font-mono" title={value}>
        {value.length > 16 ? `${value.slice(0, 16)}…` : value}
        <CopyButton text={value} label={`Copy the ${name}`} />
      </dd>
    </div>
  );
}
