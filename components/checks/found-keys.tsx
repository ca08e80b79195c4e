import { ChevronRight } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { plural } from "@/lib/client/format";
import { MOST_NAMED } from "@/lib/fields/check-names";
import type { Check } from "@/lib/schemas/check";

const GROUPS = ["missing", "changed", "extra"] as const;

/** The objects that an audit named, closed until opened. */
export function FoundKeys({ found }: { found: Check["found"] }) {
  return GROUPS.map((group) => {
    const keys = found[group] ?? [];
    return keys.length > 0 && <Keys key={group} word={group} keys={keys} />;
  });
}

function Keys({ word, keys }: { word: string; keys: readonly string[] }) {
  // More may exist; the check's reason says how many.
  const more = keys.length >= MOST_NAMED ? "The first " : "";
  return (
    <details className="group mt-1">
      <summary className="inline-flex min-h-11 list-none items-center gap-1 rounded text-[0.8125rem] text-muted hover:text-foreground sm:min-h-7 [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" aria-hidden />
        {more}
        {plural(keys.length, "object")} {word}
      </summary>
      <ul aria-label={`Objects ${word}`} className="max-h-60 overflow-y-auto pl-4.5">
        {keys.map((key) => (
          <li key={key} className="flex items-center gap-1">
            <code className="min-w-0 break-all font-mono text-xs">{key}</code>
            <CopyButton text={key} label={`Copy ${key}`} />
          </li>
        ))}
      </ul>
    </details>
  );
}
