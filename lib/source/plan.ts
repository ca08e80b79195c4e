import type { FileBounds } from "../db/schema/run-files";
import type { FileSpec, Split } from "../rows/layouts/types";
import type { SourceTable } from "../rows/tables/types";
import type { Source } from "./client";
import { type CutFile, cutFiles, type Stretch } from "./cut";
import type { TableExtract } from "./encode";
import { groupRows } from "./groups";
import { type Measures, sumMeasures } from "./measures";
import { checkQuery, type Sql } from "./predicate";
import { sizeRatio } from "./ratio";
import { rowStretches, timeStretches } from "./stretches";

export interface PlannedFile extends CutFile {
  model: SourceTable;
  part: FileSpec;
}

export interface Plan extends Measures {
  files: PlannedFile[];
  /** Queries the source for rows and fingerprint again. */
  check: Sql;
}

/** One table of an export: what is written of it, and how its files are split. */
export interface PlannedTable {
  written: TableExtract;
  split: Split;
  /** Maximum size of an object, in bytes. */
  maxFileBytes: number;
}

/** Keeps estimates on the safe side: variance in compression must not push a file over its limit. */
const MARGIN = { none: 0.98, packed: 0.93 };
const WHOLE: FileBounds = { from: null, to: null };

/**
 * Plans a window's files from the source alone, so that the same rows always give the same files. One pass measures the
 * whole window; only what exceeds one file is examined further.
 */
export async function planFiles(source: Source, tables: readonly PlannedTable[], signal?: AbortSignal): Promise<Plan> {
  const plans: PlannedFile[][] = [];
  for (const table of tables) plans.push(await planTable(source, table, signal));
  const files = plans.flat();
  return { ...sumMeasures(files), files, check: checkQuery(tables.map(({ written }) => written.selection)) };
}

async function planTable(source: Source, table: PlannedTable, signal?: AbortSignal): Promise<PlannedFile[]> {
  const { written, split } = table;
  if (!split.hours && !split.events)
    return numbered(written, { hour: null, event: null }, await cutPart(source, table, WHOLE, null, signal));
  const files: PlannedFile[] = [];
  for (const group of await groupRows(source, written, split, signal)) {
    const cut = await cutPart(source, table, group.bounds, group, signal);
    for (const file of numbered(written, group.part, cut)) files.push(file);
  }
  return files;
}

/** The files of one group, or of a window that isn't split; `known` holds its measures if they were taken before. */
async function cutPart(
  source: Source,
  table: PlannedTable,
  bounds: FileBounds,
  known: Measures | null,
  signal?: AbortSignal,
): Promise<CutFile[]> {
  const { written, split, maxFileBytes } = table;
  const fits = ({ bytes }: Measures) => !split.size || bytes <= maxFileBytes * MARGIN.none;
  if (known && fits(known)) return [{ ...pick(known), bounds }];
  const slices = await timeStretches(source, written, bounds, signal);
  if (slices.length === 0) return [];
  const total = sumMeasures(slices);
  if (fits(total)) return within(bounds, cutFiles(slices, Number.POSITIVE_INFINITY));

  const ratio = await sizeRatio(source, written, { bounds, slices }, signal);
  const maxBytes = Math.max(1, Math.floor(maxFileBytes * ratio * marginOf(written)));
  const stretches: Stretch[] = [];
  for (const slice of slices) {
    if (slice.bytes <= maxBytes) stretches.push(slice);
    else
      for (const row of await rowStretches(source, written, { ...slice, bounds, maxBytes }, signal))
        stretches.push(row);
  }
  return within(bounds, cutFiles(stretches, maxBytes));
}

const marginOf = ({ encoding }: TableExtract) =>
  encoding.codec === "none" && encoding.rows !== "parquet" ? MARGIN.none : MARGIN.packed;

const pick = ({ rows, bytes, fingerprint }: Measures): Measures => ({ rows, bytes, fingerprint });

const within = (bounds: FileBounds, files: CutFile[]): CutFile[] =>
  files.map((file) => ({ ...file, bounds: { ...bounds, ...file.bounds } }));

const numbered = (
  { selection }: TableExtract,
  part: Pick<FileSpec, "hour" | "event">,
  files: CutFile[],
): PlannedFile[] =>
  files.map((file, index) => ({ ...file, model: selection.model, part: { ...part, index, total: files.length } }));
