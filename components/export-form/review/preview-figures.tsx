import { formatBytes, formatCount, formatDuration, formatShort } from "@/lib/client/format";
import type { Preview } from "@/lib/schemas/export";
import { monthWords } from "./month-words";

type Figure = readonly [name: string, figure: string];

/** What one run amounts to, and a month of runs. */
export function PreviewFigures({ preview }: { preview: Preview }) {
  const { perMonth } = preview;
  const run: Figure[] = [
    ["Rows", formatCount(preview.rows)],
    ["Uncompressed", formatBytes(preview.bytes)],
    ["Files", formatCount(preview.files)],
    ["Time", `about ${formatDuration(preview.secondsPerRun * 1000)}`],
  ];
  const month: Figure[] | null = perMonth && [
    ["Rows", formatShort(perMonth.rows)],
    ["Uncompressed", formatBytes(perMonth.bytes)],
    ["Files", formatShort(perMonth.files)],
    ["Runs", formatShort(perMonth.runs)],
  ];
  return (
    <div className="flex flex-col gap-2">
      <Figures label="Per run" figures={run} />
      {month && <Figures label={monthWords(preview.earlier.length)} figures={month} />}
    </div>
  );
}

/** Named figures below a label. */
export function Figures({ label, figures }: { label: string; figures: readonly Figure[] }) {
  return (
    <section aria-label={label} className="rounded-xl bg-sunken p-3">
      <h3 className="text-muted text-xs">{label}</h3>
      <dl className="mt-1.5 grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4 lg:grid-cols-2">
        {figures.map(([name, figure]) => (
          <div key={name}>
            <dt className="text-muted text-xs">{name}</dt>
            <dd className="font-semibold text-[0.9375rem] leading-6">{figure}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
