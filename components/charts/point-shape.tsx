import type { TrendPoint } from "@/lib/schemas/trends";
import { isWhole } from "./point-words";

/** Height of what a zero looks like: it is not a gap. */
const ZERO = 2;
/** Half the size of a cross. */
const CROSS = 3.5;

interface PointShapeProps {
  point: TrendPoint;
  x: number;
  width: number;
  /** Of the chart, in px. */
  height: number;
  /** Of the bar, from 0 to 1; null where nothing was measured. */
  share: number | null;
}

/** A bar for what was measured. What wasn't has no bar: a band says that it is missing, with a cross if it failed. */
export function PointShape({ point, x, width, height, share }: PointShapeProps) {
  const gap = width > 3 ? 1 : 0;
  const bar = { x: x + gap / 2, width: Math.max(0.5, width - gap) };
  const top = share === null ? height : height - Math.max(ZERO, share * height);
  const isOff = !isWhole(point);
  return (
    <>
      {isOff && share === null && point.state !== "not_expected" && point.state !== "due" && (
        <rect {...bar} y={0} height={height} className={BANDS[point.state]} />
      )}
      {share !== null && (
        <rect {...bar} y={top} height={height - top} rx={Math.min(1.5, bar.width / 4)} className="fill-primary" />
      )}
      {isOff && point.failed > 0 && <Cross x={bar.x + bar.width / 2} y={Math.max(CROSS + 1, top - CROSS - 3)} />}
      {isOff && point.failed === 0 && point.missing > 0 && (
        <line
          {...{ x1: bar.x, x2: bar.x + bar.width, y1: height - 1, y2: height - 1 }}
          className="stroke-2 stroke-warn-solid"
          strokeDasharray="3 2"
        />
      )}
    </>
  );
}

/** States without a measurement. */
const BANDS: Partial<Record<TrendPoint["state"], string>> = {
  failed: "fill-bad-soft",
  missing: "fill-warn-soft",
  cancelled: "fill-idle-soft",
  running: "fill-info-soft",
};

const Cross = ({ x, y }: { x: number; y: number }) => (
  <path
    d={`M${x - CROSS} ${y - CROSS}l${2 * CROSS} ${2 * CROSS}m0 ${-2 * CROSS}l${-2 * CROSS} ${2 * CROSS}`}
    className="stroke-2 stroke-bad-solid"
    fill="none"
  />
);
