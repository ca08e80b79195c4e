import type { Encoding } from "@/lib/rows/formats/encoding";
import type { PlannedFile } from "@/lib/source/plan";
import type { FileGroup } from "@/lib/temporal/contract";
import { KIB, MIB } from "@/lib/units";

/** A larger file, before any codec, costs more than finding its rows: it goes alone, in constant memory. */
const SMALL = 4 * MIB;
/** Limits of a group: files, bytes, and characters of names in its query. */
const MOST = { files: 1000, bytes: 96 * MIB, names: 256 * KIB };
/** How many groups a run names in its workflow; files after them go alone. */
const MOST_GROUPS = 1000;

type Grouped = Pick<PlannedFile, "bounds" | "bytes" | "model">;

/** Whether a format's rows can be distinguished by what precedes them. */
export const hasLaidOutRows = ({ row, rows }: Pick<Encoding, "row" | "rows">): boolean =>
  row.template !== null && (rows === "lines" || rows === "csv");

/** A whole event, a whole hour, or both, and small. */
const isSmall = ({ bounds: { from, to, event, hour }, bytes }: Grouped): boolean =>
  bytes <= SMALL && from === null && to === null && (event !== undefined || hour !== undefined);

/** Groups consecutive small files of a plan, at least two per query. */
export function groupFiles(files: readonly Grouped[]): FileGroup[] {
  const groups: FileGroup[] = [];
  let from = 0;
  let bytes = 0;
  let names = 0;
  const end = (to: number) => {
    if (to - from > 1 && groups.length < MOST_GROUPS) groups.push([from, to]);
    from = to;
    bytes = 0;
    names = 0;
  };
  for (const [index, file] of files.entries()) {
    const length = file.bounds.event?.length ?? 0;
    const isFull = index - from >= MOST.files || bytes + file.bytes > MOST.bytes || names + length > MOST.names;
    if (isFull || !isSmall(file) || files[from]?.model !== file.model) end(index);
    if (!isSmall(file)) {
      from = index + 1;
      continue;
    }
    bytes += file.bytes;
    names += length;
  }
  end(files.length);
  return groups;
}
