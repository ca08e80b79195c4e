import { STATE_WORDS } from "@/components/windows/state-words";
import type { TrendPoint } from "@/lib/schemas/trends";
import { PointShape } from "./point-shape";

/** States that a window without a bar can be in. */
const GAPS = ["failed", "missing", "cancelled", "running"] as const;

/** What the marks mean, of those that are shown. */
export function TrendLegend({ points }: { points: readonly TrendPoint[] }) {
  const gaps = GAPS.filter((state) => points.some((point) => point.state === state));
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1.5 text-muted text-xs">
      {gaps.map((state) => (
        <span key={state} className="flex items-center gap-1.5">
          <svg width={12} height={16} aria-hidden>
            <PointShape point={sample(state)} x={0} width={12} height={16} share={null} />
          </svg>
          {STATE_WORDS[state].label}
        </span>
      ))}
      <span>Times are in UTC. Lag is from a window’s end to its first commit; historic exports have none.</span>
    </div>
  );
}

const sample = (state: TrendPoint["state"]): TrendPoint => ({
  ...{ start: "", end: "", windows: 1, committed: 0, runId: null, state },
  ...{ failed: state === "failed" ? 1 : 0, missing: state === "missing" ? 1 : 0 },
  ...{ rows: null, bytes: null, seconds: null, lagSeconds: null },
});
