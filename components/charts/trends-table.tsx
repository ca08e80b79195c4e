import { type Column, DataTable, opensRow } from "@/components/ui/data-table";
import { STATE_WORDS } from "@/components/windows/state-words";
import { formatInterval } from "@/lib/client/format";
import type { TrendPoint } from "@/lib/schemas/trends";
import { MEASURES, type Measure } from "./measures";
import { stateWords } from "./point-words";

const figureOf = (point: TrendPoint, { key, exact }: Measure) => {
  const value = point[key];
  return value === null ? "–" : exact(value);
};

const columnsOf = (onOpen: (point: TrendPoint) => void): Column<TrendPoint>[] => [
  { header: "Window", cell: (point) => <Window point={point} onOpen={onOpen} /> },
  {
    header: "State",
    from: "md",
    cell: (point) => stateWords(point) ?? STATE_WORDS[point.state].label,
  },
  ...MEASURES.map(
    (measure, at): Column<TrendPoint> => ({
      header: measure.title,
      align: "right",
      ...(at > 0 && { from: "sm" }),
      className: "whitespace-nowrap tabular-nums",
      cell: (point) => figureOf(point, measure),
    }),
  ),
];

function Window({ point, onOpen }: { point: TrendPoint; onOpen: (point: TrendPoint) => void }) {
  const interval = formatInterval(point.start, point.end);
  const [, ...others] = MEASURES;
  return (
    <>
      {point.runId === null ? (
        interval
      ) : (
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => onOpen(point)}
          className={`rounded text-left font-medium ${opensRow}`}
        >
          {interval}
        </button>
      )}
      <p className="mt-1 flex flex-wrap gap-x-3 text-muted text-xs sm:hidden">
        {stateWords(point) && <span>{stateWords(point)}</span>}
        {others.map((measure) => (
          <span key={measure.key}>
            {measure.title}: {figureOf(point, measure)}
          </span>
        ))}
      </p>
    </>
  );
}

/** The same as the charts, newest first. */
export function TrendsTable({
  points,
  onOpen,
}: {
  points: readonly TrendPoint[];
  onOpen: (point: TrendPoint) => void;
}) {
  return (
    <DataTable
      label="Windows"
      columns={columnsOf(onOpen)}
      rows={points.toReversed()}
      keyOf={({ start }) => start}
      opens
    />
  );
}
