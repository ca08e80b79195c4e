"use client";

import { useQuery } from "@tanstack/react-query";
import { FileSearch, Info } from "lucide-react";
import { CodeBlock } from "@/components/ui/code-block";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { exportSnippetsQuery, runSnippetsQuery } from "@/lib/client/queries";
import { useRemembered } from "@/lib/client/use-remembered";
import type { Run } from "@/lib/schemas/run";
import type { Snippets, ToolSnippets } from "@/lib/schemas/snippet";

/** How to read everything that an export has written, with the tool of one's choice. */
export function ReadExport({ exportId }: { exportId: string }) {
  return (
    <Answer query={useQuery(exportSnippetsQuery(exportId))}>
      All files or rows of this export, including windows still being written. To read exactly what a receipt covers,
      open a run.
    </Answer>
  );
}

/** How to read what a run wrote, and how to check its receipt. */
export function ReadRun({ run }: { run: Run }) {
  const isCompleted = run.state === "Completed";
  const snippets = useQuery({ ...runSnippetsQuery(run.id), enabled: isCompleted });
  if (!isCompleted)
    return (
      <EmptyState icon={<FileSearch aria-hidden />} title="Nothing to read yet">
        A run can be read once it is completed.
      </EmptyState>
    );
  return <Answer query={snippets}>Exactly what this run’s receipt covers.</Answer>;
}

interface AnswerProps {
  query: { data: Snippets | undefined; error: Error | null; refetch: () => unknown };
  /** What the snippets read. */
  children: React.ReactNode;
}

function Answer({ query, children }: AnswerProps) {
  if (query.error) return <ErrorState title="Couldn’t load the snippets" error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <Skeleton label="Loading snippets" className="h-72 w-full" />;
  return <Tools tools={query.data.tools}>{children}</Tools>;
}

function Tools({ tools, children }: { tools: readonly ToolSnippets[]; children: React.ReactNode }) {
  const [remembered, remember] = useRemembered("tool");
  const shown = tools.find(({ tool }) => tool === remembered) ?? tools[0];
  if (!shown) return null;
  const options = tools.map(({ tool, label }) => ({ value: tool, label }));
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <Field label="Tool" className="w-full sm:w-56">
          {(control) => <Select {...control} options={options} value={shown.tool} onChange={remember} />}
        </Field>
        <p className="min-w-0 max-w-prose flex-1 basis-64 text-muted text-xs">
          {children} Snippets hold no credentials: tools take them from your environment.
        </p>
      </div>
      {shown.note && (
        <p className="flex gap-2 rounded-xl bg-sunken p-3.5">
          <Info className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
          <span className="min-w-0">{shown.note}</span>
        </p>
      )}
      {shown.snippets.map(({ title, text }) => (
        <CodeBlock key={title} title={title} text={text} copyLabel={`Copy: ${title}`} />
      ))}
    </div>
  );
}
