"use client";

import { ArrowDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { formatClock, formatCount } from "@/lib/client/format";
import type { LogLevel, RunLog } from "@/lib/schemas/run";
import { useFollow } from "./use-follow";

const tones: Record<LogLevel, string> = { debug: "text-idle", info: "text-info", warn: "text-warn", error: "text-bad" };

/** More would slow the page down; the download has all lines. */
const SHOWN = 1000;

/** Log lines in a scrollable frame that follows the end unless the user scrolls away. */
export function LogLines({ lines, follow }: { lines: readonly RunLog[]; follow: boolean }) {
  const last = lines.at(-1)?.id ?? 0;
  const { frame, atEnd, onScroll, toEnd } = useFollow(follow, last);
  const shown = lines.slice(-SHOWN);
  return (
    <div className="relative">
      {shown.length < lines.length && (
        <p className="mb-2 text-muted text-xs">
          The last {formatCount(shown.length)} of {formatCount(lines.length)} lines are shown; the download has them
          all.
        </p>
      )}
      <div
        ref={frame}
        onScroll={onScroll}
        role="log"
        aria-label="Log"
        aria-live={follow ? "polite" : "off"}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions must be reachable by keyboard
        tabIndex={0}
        className="max-h-[60dvh] overflow-auto rounded-xl border border-border font-mono text-xs leading-5"
      >
        <table className="w-full border-collapse text-left max-sm:block">
          <thead className="sticky top-0 bg-sunken text-muted max-sm:sr-only">
            <tr>
              {["Time", "Level", "Attempt", "Message"].map((name) => (
                <th key={name} scope="col" className="h-8 px-3 font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-border max-sm:block">
            {shown.map((line) => (
              <LogLine key={line.id} line={line} />
            ))}
          </tbody>
        </table>
      </div>
      {follow && !atEnd && (
        <Button size="sm" className="absolute right-3 bottom-3" onClick={toEnd}>
          <ArrowDown aria-hidden /> Follow
        </Button>
      )}
    </div>
  );
}

function LogLine({ line }: { line: RunLog }) {
  return (
    <tr className="align-top max-sm:flex max-sm:flex-wrap max-sm:gap-x-3 max-sm:px-3 max-sm:py-1.5">
      <td className="whitespace-nowrap text-muted sm:px-3 sm:py-1.5">
        <time dateTime={line.time} title={line.time}>
          {formatClock(line.time)}
        </time>
      </td>
      <td className={`sm:px-3 sm:py-1.5 ${tones[line.level]}`}>{line.level}</td>
      <td className="text-muted sm:px-3 sm:py-1.5">
        <span className="sm:hidden">attempt </span>
        {line.attempt}
      </td>
      <td className="w-full sm:px-3 sm:py-1.5">
        <span className="break-words">{line.message}</span>
        {line.file && <span className="block break-all text-muted">{line.file}</span>}
      </td>
    </tr>
  );
}
