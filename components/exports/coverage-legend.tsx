import { wordsOf } from "@/components/windows/state-words";
import { cn } from "@/lib/client/cn";
import type { Coverage } from "@/lib/schemas/run";
import { barOf } from "./coverage-cells";
import { legendOf } from "./coverage-view";

/** What each kind of bar means, if there is more than one. */
export function CoverageLegend({ windows }: { windows: readonly Coverage[] }) {
  const kinds = legendOf(windows);
  if (kinds.length < 2) return null;
  return (
    <ul aria-label="Legend" className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
      {kinds.map((kind) => (
        <li key={`${kind.state} ${kind.reason}`} title={wordsOf(kind).note} className="flex items-center gap-1.5">
          <span aria-hidden className="flex h-3 w-2 items-end">
            <span className={cn("w-full rounded-[2px]", barOf(kind), "animate-none")} />
          </span>
          {wordsOf(kind).label}
        </li>
      ))}
    </ul>
  );
}
