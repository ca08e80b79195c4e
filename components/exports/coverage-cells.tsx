"use client";

import { Toolbar } from "@base-ui/react/toolbar";
import { useWindow } from "@/components/windows/use-window";
import { cn } from "@/lib/client/cn";
import type { Coverage } from "@/lib/schemas/run";
import { hasFinding, windowWords } from "./coverage-words";

/** Height distinguishes the states in addition to color. */
const bars: Record<Coverage["state"], string> = {
  committed: "h-full bg-ok-solid",
  broken: "h-4/5 bg-bad-solid",
  running: "h-full animate-pulse bg-info-solid",
  failed: "h-3/5 bg-bad-solid",
  cancelled: "h-2/5 bg-idle-solid",
  missing: "h-1 bg-border-strong",
  due: "h-1 bg-info-solid",
  not_expected: "h-px bg-border",
};

/** A dashed frame: nothing is missing here, but a historic export could fill it. */
const BEFORE_EXPORT = "h-2/5 border border-border-strong border-dashed";

/** How a window's bar looks. */
export const barOf = ({ state, reason }: Pick<Coverage, "state" | "reason">): string =>
  reason === "before_export" ? BEFORE_EXPORT : bars[state];

/** A bar for each window, which opens it. One stop for the keyboard: the arrow keys lead from window to window. */
export function CoverageCells({ windows }: { windows: readonly Coverage[] }) {
  const [, openWindow] = useWindow();
  return (
    <Toolbar.Root aria-label="Windows" className="flex h-8 gap-px sm:h-6 sm:gap-[3px]">
      {windows.map((window) => (
        <Toolbar.Button
          key={window.start}
          aria-haspopup="dialog"
          aria-label={windowWords(window)}
          title={windowWords(window)}
          onClick={() => openWindow(window)}
          className="flex h-full min-w-0 flex-1 items-end rounded-[3px] hover:bg-sunken"
        >
          <span
            className={cn(
              "w-full rounded-[3px]",
              barOf(window),
              hasFinding(window) && "border-warn-solid border-t-[6px]",
            )}
          />
        </Toolbar.Button>
      ))}
    </Toolbar.Root>
  );
}
