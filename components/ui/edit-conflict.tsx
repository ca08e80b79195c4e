"use client";

import { GitMerge } from "lucide-react";
import { useEffect, useRef } from "react";
import { formatTime } from "@/lib/client/format";
import { type Difference, sameValue } from "@/lib/client/three-way";
import { Button } from "./button";

interface EditConflictProps {
  /** What was edited: `export`. */
  what: string;
  /** What the newer version changed. */
  changed: readonly Difference[];
  labelOf: (path: string) => string;
  /** A value in words, if it has better ones than its own. */
  show?: (path: string, value: unknown) => string | undefined;
  pending: boolean;
  onApply: () => void;
  onDiscard: () => void;
}

/** What someone else saved while a form was open, beside what the form has, and the two ways to go on. */
export function EditConflict({ what, changed, labelOf, show, pending, onApply, onDiscard }: EditConflictProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const words = (path: string, value: unknown) => show?.(path, value) ?? valueWords(value);
  return (
    <section
      role="alert"
      aria-labelledby="edit-conflict"
      className="rounded-xl border border-warn-solid/50 bg-warn-soft p-4"
    >
      <h2 id="edit-conflict" ref={heading} tabIndex={-1} className="flex gap-2 font-medium text-warn outline-none">
        <GitMerge className="mt-0.5 size-4 shrink-0" aria-hidden />
        Someone else changed this {what} while you edited it
      </h2>
      <p className="mt-1">Your changes aren’t saved yet. The new version differs from yours here:</p>
      <dl className="mt-3 flex flex-col gap-px overflow-hidden rounded-lg border border-border bg-border">
        {changed.map(({ path, base, mine, theirs }) => (
          <div key={path} className="grid gap-x-4 gap-y-1 bg-surface px-3 py-2 sm:grid-cols-[10rem_1fr_1fr]">
            <dt className="font-medium">{labelOf(path)}</dt>
            <dd className="min-w-0 break-words">
              <span className="text-muted text-xs">New version</span>
              <p>{words(path, theirs)}</p>
            </dd>
            <dd className="min-w-0 break-words">
              <span className="text-muted text-xs">{sameValue(base, mine) ? "You didn’t change it" : "Yours"}</span>
              <p>{words(path, mine)}</p>
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-muted">
        Applying your changes keeps everything else of the new version. Where both changed a field, yours is saved.
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button variant="primary" onClick={onApply} pending={pending}>
          Apply mine to the new version
        </Button>
        <Button onClick={onDiscard} disabled={pending}>
          Discard mine
        </Button>
      </div>
    </section>
  );
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

/** Any value of the API in words. */
function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return "None";
  if (typeof value === "boolean") return value ? "On" : "Off";
  if (typeof value === "string") return TIME.test(value) ? formatTime(value) : value;
  if (typeof value === "number") return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ") || "None";
  return JSON.stringify(value);
}
