import { BadgeCheck, Info, TriangleAlert } from "lucide-react";
import { formatCount, formatInterval, plural } from "@/lib/client/format";
import type { Certificate } from "@/lib/schemas/receipt";
import { groupFindings } from "./findings";

/** First of all, what is not as it should be. */
export function CertificateFindings({ certificate: { windows, findings } }: { certificate: Certificate }) {
  if (windows.expected === 0)
    return (
      <p className="flex gap-3 rounded-xl bg-sunken p-3.5">
        <Info className="mt-0.5 size-5 shrink-0 text-muted" aria-hidden />
        No windows of this export have ended in this range, so none are expected.
      </p>
    );
  if (findings.length === 0)
    return (
      <p className="flex gap-3 rounded-xl bg-ok-soft p-3.5 font-medium text-ok">
        <BadgeCheck className="mt-0.5 size-5 shrink-0" aria-hidden />
        No findings: {windows.expected === 1 ? "the one window is" : `all ${formatCount(windows.expected)} windows are`}{" "}
        committed.
      </p>
    );
  return (
    <section aria-labelledby="findings" className="flex gap-3 rounded-xl bg-warn-soft p-3.5">
      <TriangleAlert className="mt-0.5 size-5 shrink-0 text-warn" aria-hidden />
      <div className="min-w-0">
        <h2 id="findings" className="font-medium text-warn">
          Findings: {formatCount(findings.length)} of {plural(windows.expected, "window")}{" "}
          {findings.length === 1 ? "isn’t" : "aren’t"} as expected
        </h2>
        <ul className="mt-1 space-y-1">
          {groupFindings(findings).map(({ intervalStart, intervalEnd, message, windows: count }) => (
            <li key={intervalStart} className="break-inside-avoid">
              <span className="font-medium">{formatInterval(intervalStart, intervalEnd)} UTC</span>
              {count > 1 && ` (${plural(count, "window")})`}: {message}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
