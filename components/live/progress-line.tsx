import { Progress } from "@/components/ui/progress";
import { formatBytes } from "@/lib/client/format";
import { paceWords, rowsWords } from "@/lib/client/progress-words";
import type { FileProgress, RunProgress } from "@/lib/schemas/progress";

type Shown = Pick<FileProgress, "rows" | "bytes" | "rowsPerSecond" | "bytesPerSecond" | "secondsLeft"> &
  Pick<RunProgress, "expectedRows">;

/** How far a run or a file is: a bar, and the figures. */
export function ProgressLine({ of, label }: { of: Shown; label: string }) {
  const rows = rowsWords(of.rows, of.expectedRows);
  const figures = [...(rows ? [rows] : []), ...(of.bytes > 0 ? [formatBytes(of.bytes)] : []), ...paceWords(of)];
  return (
    <div>
      {of.expectedRows !== null && of.rows !== null && (
        <Progress label={label} value={Math.min(of.rows, of.expectedRows)} max={of.expectedRows} />
      )}
      <p className="mt-1.5 flex min-h-5 flex-wrap gap-x-4 gap-y-0.5 text-[0.8125rem] text-muted tabular-nums">
        {figures.map((figure) => (
          <span key={figure}>{figure}</span>
        ))}
      </p>
    </div>
  );
}
