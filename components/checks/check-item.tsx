"use client";

import { RelativeTime } from "@/components/ui/time";
import { KINDS, LOOK_WORDS } from "@/lib/client/check-words";
import { formatInterval } from "@/lib/client/format";
import type { Check } from "@/lib/schemas/check";
import type { Export } from "@/lib/schemas/export";
import { CheckAction } from "./check-action";
import { CheckAgain } from "./check-again";
import { CheckedRows } from "./checked-rows";
import { FoundKeys } from "./found-keys";
import { isExpected, OutcomeBadge } from "./outcome-badge";

interface CheckItemProps {
  check: Check;
  exported: Export;
  onOpenRun: (id: string) => void;
  /** Opens the check's window; absent where it is open already. */
  onOpenWindow?: (window: { start: string; end: string }) => void;
}

/** What one check of one window found, and what came of it. */
export function CheckItem({ check, exported, onOpenRun, onOpenWindow }: CheckItemProps) {
  const { kind, look, intervalStart: start, intervalEnd: end, outcome, reason, found, checkedAt } = check;
  const interval = formatInterval(start, end);
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <OutcomeBadge outcome={outcome} expected={isExpected(outcome, exported)} />
        {onOpenWindow && (
          <button
            type="button"
            aria-haspopup="dialog"
            onClick={() => onOpenWindow({ start, end })}
            className="rounded text-left font-medium hover:underline"
          >
            {interval}
          </button>
        )}
        <span className="text-muted text-xs">
          {KINDS[kind]}
          {look && `, ${LOOK_WORDS[look]} after the commit`}
        </span>
        <span className="ml-auto text-muted text-xs">
          <RelativeTime value={checkedAt} />
        </span>
      </div>
      <CheckedRows check={check} />
      {reason && <p className="mt-1 break-words">{reason}</p>}
      <FoundKeys found={found} />
      <CheckAction check={check} onOpenRun={onOpenRun} />
      <CheckAgain check={check} exported={exported} />
    </li>
  );
}
