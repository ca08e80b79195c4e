import { Wrench } from "lucide-react";
import { CodeBlock } from "@/components/ui/code-block";
import { indentJson } from "@/lib/client/json-indent";
import { splitFix } from "./split-fix";

/** What to do about a failure; a policy statement in it stands apart, to be copied. */
export function Fix({ text }: { text: string }) {
  const { words, statement } = splitFix(text);
  return (
    <div className="flex gap-2">
      <Wrench className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="break-words">
          <span className="font-medium">Fix: </span>
          {words}
        </p>
        {statement && (
          <CodeBlock title="Statement to add" text={indentJson(statement)} copyLabel="Copy the statement" />
        )}
      </div>
    </div>
  );
}
