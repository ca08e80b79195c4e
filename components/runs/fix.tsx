import { Wrench } from "lucide-react";
import { DocText } from "@/components/docs/doc-text";
import { CodeBlock } from "@/components/ui/code-block";
import type { Failure } from "@/lib/errors";

/** How to fix a failure, with the policy statement to add for a missing permission. */
export function Fix({ fix, statement }: Pick<Failure, "fix" | "statement">) {
  return (
    <div className="flex gap-2">
      <Wrench className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="break-words">
          <span className="font-medium">Fix: </span>
          {fix && <DocText text={fix} />}
        </p>
        {statement && <CodeBlock title="Statement to add" text={statement} copyLabel="Copy the statement" />}
      </div>
    </div>
  );
}
