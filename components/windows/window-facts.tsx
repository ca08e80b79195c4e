import { isExpected, OutcomeBadge } from "@/components/checks/outcome-badge";
import { CopiedHash } from "@/components/receipts/copied-hash";
import { Facts } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/time";
import { formatCount } from "@/lib/client/format";
import type { Export } from "@/lib/schemas/export";
import type { Coverage } from "@/lib/schemas/run";
import { WindowStateBadge } from "./state-badge";
import { wordsOf } from "./state-words";

/** The state of a window, its receipt, and the last look at it. */
export function WindowFacts({ window, exported }: { window: Coverage | undefined; exported: Export }) {
  if (!window)
    return (
      <p className="rounded-xl bg-sunken p-3.5">
        This range isn’t a window of the export’s schedule, now or before. Runs and checks of it are listed below.
      </p>
    );
  const { rows, outcome, checkedAt, healed, receiptSha256 } = window;
  return (
    <section aria-label="State" className="flex flex-col gap-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <WindowStateBadge window={window} />
        <span>{wordsOf(window).note}</span>
      </p>
      <Facts
        className="grid-cols-2"
        items={[
          ["Rows", rows === undefined ? "–" : formatCount(rows)],
          ["Receipt", receiptSha256 ? <CopiedHash key="hash" value={receiptSha256} label="Copy the hash" /> : "None"],
          [
            "Last check",
            outcome && checkedAt ? (
              <span key="check" className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
                <OutcomeBadge outcome={outcome} expected={isExpected(outcome, exported)} />
                <span className="text-muted text-xs">
                  <RelativeTime value={checkedAt} />
                </span>
              </span>
            ) : (
              "None yet"
            ),
          ],
          ["Healed", healed ? "Yes, late rows were added" : "No"],
        ]}
      />
    </section>
  );
}
