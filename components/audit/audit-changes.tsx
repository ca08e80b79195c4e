import { ArrowRight } from "lucide-react";
import { fieldWords, valueWords } from "@/lib/client/audit-words";
import type { AuditChange } from "@/lib/schemas/audit";

/** Each changed field with its old and new value. */
export function AuditChanges({ changes }: { changes: readonly AuditChange[] }) {
  if (changes.length === 0) return <p className="text-muted text-xs">No fields changed.</p>;
  return (
    <ul aria-label="Changed fields" className="divide-y divide-border rounded-lg border border-border">
      {changes.map((change) => (
        <li key={change.field} className="grid gap-x-4 gap-y-1 px-3 py-2 text-xs sm:grid-cols-[12rem_minmax(0,1fr)]">
          <span className="break-words font-medium">{fieldWords(change.field)}</span>
          <Values change={change} />
        </li>
      ))}
    </ul>
  );
}

function Values({ change: { before, after } }: { change: AuditChange }) {
  // The log never holds a secret, only that it changed.
  if (before === null && after === null) return <span className="text-muted">Changed; secrets are never shown</span>;
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 font-mono">
      <span className="min-w-0 break-all text-muted">
        <span className="sr-only">Before: </span>
        {valueWords(before)}
      </span>
      <ArrowRight className="size-3.5 shrink-0 text-muted" aria-hidden />
      <span className="min-w-0 break-all">
        <span className="sr-only">After: </span>
        {valueWords(after)}
      </span>
    </span>
  );
}
