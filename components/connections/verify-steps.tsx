"use client";

import { ChevronRight, CircleCheck, CircleHelp, CircleMinus, CircleX, LoaderCircle, Wrench } from "lucide-react";
import type { ReactNode } from "react";
import { DocText } from "@/components/docs/doc-text";
import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { indentJson } from "@/lib/client/json-indent";
import type { VerifyResult, VerifyStep } from "@/lib/fields/verification";
import type { VerifyWords } from "./connection-words";

const looks = {
  passed: { Icon: CircleCheck, tone: "text-ok", word: "Passed" },
  failed: { Icon: CircleX, tone: "text-bad", word: "Failed" },
  skipped: { Icon: CircleMinus, tone: "text-idle", word: "Skipped" },
  unknown: { Icon: CircleHelp, tone: "text-warn", word: "Unknown" },
};

interface VerifyStepsProps {
  words: VerifyWords;
  pending: boolean;
  result: VerifyResult | null | undefined;
  /** Why the verification itself could not run. */
  error?: Error | null;
  /** Next actions, below the steps of a failed verification. */
  actions?: ReactNode;
}

/** A verification step by step, with a fix for each failure; announced to screen readers. */
export function VerifySteps({ words, pending, result, error, actions }: VerifyStepsProps) {
  return (
    <div aria-live="polite" aria-busy={pending} className="empty:hidden">
      {pending && (
        <p className="flex gap-2 rounded-lg bg-info-soft px-3 py-2.5 text-info">
          <LoaderCircle className="mt-0.5 size-4 shrink-0 animate-spin" aria-hidden />
          {words.trying}
        </p>
      )}
      {!pending && error && (
        <div className="flex flex-col items-start gap-3 rounded-lg bg-bad-soft px-3 py-2.5">
          <p className="text-bad">{error.message}</p>
          {actions}
        </div>
      )}
      {!pending && !error && result && (
        <div className="overflow-hidden rounded-lg border border-border">
          <p className={`px-3 py-2 font-medium ${result.ok ? "bg-ok-soft text-ok" : "bg-bad-soft text-bad"}`}>
            {result.ok ? words.good : words.bad}
          </p>
          <ol aria-label={words.label} className="divide-y divide-border">
            {result.steps.map((step) => (
              <Step key={step.name} step={step} />
            ))}
          </ol>
          {!result.ok && actions && (
            <div className="flex flex-wrap gap-2 border-border border-t bg-background px-3 py-2.5">{actions}</div>
          )}
        </div>
      )}
    </div>
  );
}

function Step({ step }: { step: VerifyStep }) {
  const { Icon, tone, word } = looks[step.status];
  // A skipped step with a fix is optional for exports; otherwise it was skipped because another step failed.
  const optional = step.status === "skipped" && step.fix !== undefined;
  return (
    <li className="flex gap-2.5 px-3 py-2.5">
      <Icon className={`mt-0.5 size-4 shrink-0 ${tone}`} aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="flex items-center gap-2 font-medium">
            {step.name}
            {optional && <Badge className="h-5">Optional</Badge>}
          </span>
          <span className={`text-xs ${tone}`}>{word}</span>
        </p>
        <p className="break-words text-muted">{step.message}</p>
        {optional ? (
          <details className="group mt-1">
            <summary className="inline-flex min-h-11 list-none items-center gap-1 rounded text-muted text-xs hover:text-foreground sm:min-h-6 [&::-webkit-details-marker]:hidden">
              <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" aria-hidden />
              How to allow it
            </summary>
            <Advice step={step} />
          </details>
        ) : (
          <Advice step={step} />
        )}
      </div>
    </li>
  );
}

/** Policy statements are JSON on one line; SQL and commands are ready to paste. */
const readable = (statement: string) =>
  statement.startsWith("{")
    ? { title: "Statement to add", text: indentJson(statement) }
    : { title: "Run as an administrator", text: statement };

function Advice({ step }: { step: VerifyStep }) {
  const failed = step.status === "failed";
  return (
    <>
      {step.fix && (
        <p
          className={`mt-1.5 flex gap-1.5 break-words rounded-md px-2 py-1.5 text-foreground ${failed ? "bg-warn-soft" : "bg-sunken"}`}
        >
          <Wrench className={`mt-0.5 size-3.5 shrink-0 ${failed ? "text-warn" : "text-muted"}`} aria-hidden />
          <span className="min-w-0">
            <span className="font-medium">Fix: </span>
            <DocText text={step.fix} />
          </span>
        </p>
      )}
      {step.statement && (
        <div className="mt-2">
          <CodeBlock {...readable(step.statement)} copyLabel={`Copy the statement for ${step.name}`} />
        </div>
      )}
    </>
  );
}
