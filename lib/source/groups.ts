import type { FileBounds } from "../db/schema/run-files";
import { ExportError } from "../errors";
import type { FileSpec, Split } from "../rows/layouts/types";
import { queryRows, type Source } from "./client";
import type { TableExtract } from "./encode";
import { type Measures, type MeasuresRow, measureColumns, measuredRows, sumMeasures, toMeasures } from "./measures";
import { inPiece, piecesOf, type Span } from "./pieces";
import { predicate } from "./predicate";
import { micros } from "./time";

/** More files would make a receipt that nobody can open. */
const MOST = 100_000;

/** Rows with files of their own: those of one hour, one event, or both. */
export interface Group extends Measures {
  bounds: FileBounds;
  part: Pick<FileSpec, "hour" | "event">;
}

interface GroupRow extends MeasuresRow {
  hour: string;
  event: string;
  sha256: string;
}

/**
 * Measures the groups that a window is split into, ordered by hour and event name: one pass over the source, in pieces
 * if the window is long. Throws an `ExportError` if there are too many.
 */
export async function groupRows(
  source: Source,
  written: TableExtract,
  split: Split,
  signal?: AbortSignal,
): Promise<Group[]> {
  const { model, window } = written.selection;
  const span = { from: micros(window.start), to: micros(window.end) };
  const groups = new Map<string, Group>();
  for (const piece of piecesOf(model, span, HOUR * 1_000_000)) {
    for (const row of await groupsOf(source, written, split, piece, signal)) {
      const group = toGroup(row, split);
      const name = `${row.hour} ${row.event}`;
      const before = groups.get(name);
      groups.set(name, before ? { ...group, ...sumMeasures([before, group]) } : group);
    }
    if (groups.size > MOST) throw tooMany();
  }
  return [...groups.values()].sort(byHourAndName);
}

/** Hexadecimal names sort like their bytes. */
function byHourAndName(a: Group, b: Group): number {
  const hours = (a.part.hour?.getTime() ?? 0) - (b.part.hour?.getTime() ?? 0);
  if (hours !== 0) return hours;
  const [one, other] = [a.part.event?.hex ?? "", b.part.event?.hex ?? ""];
  return one < other ? -1 : Number(one > other);
}

function groupsOf(
  source: Source,
  written: TableExtract,
  split: Split,
  piece: Span,
  signal?: AbortSignal,
): Promise<GroupRow[]> {
  const { selection, salt } = written;
  const { model } = selection;
  const where = predicate(selection);
  const within = inPiece(piece);
  const hour = split.hours ? "toStartOfHour(inserted_at, 'UTC')" : "toDateTime(0, 'UTC')";
  const event = split.events && model.eventColumn ? `toString(${model.eventColumn})` : "''";
  return queryRows<GroupRow>(
    source,
    `SELECT hour, hex(name) AS event, lower(hex(SHA256(name))) AS sha256, rows, bytes, fingerprint FROM (` +
      `SELECT toUnixTimestamp(${hour}) AS hour, ${event} AS name, ${measureColumns(written)} ` +
      `FROM ${measuredRows(written, where.sql + within.sql)} GROUP BY hour, name) LIMIT ${MOST + 1}`,
    { params: { ...where.params, ...within.params, salt }, signal },
  );
}

const HOUR = 3600;

function toGroup(row: GroupRow, split: Split): Group {
  const seconds = Number(row.hour);
  const hex = row.event.toLowerCase();
  return {
    ...toMeasures(row),
    bounds: {
      from: null,
      to: null,
      ...(split.events ? { event: hex } : {}),
      ...(split.hours ? { hour: { start: secondsText(seconds), end: secondsText(seconds + HOUR) } } : {}),
    },
    part: {
      hour: split.hours ? new Date(seconds * 1000) : null,
      event: split.events ? { hex, sha256: row.sha256 } : null,
    },
  };
}

const secondsText = (seconds: number) => new Date(seconds * 1000).toISOString().replace("T", " ").replace("Z", "000");

const tooMany = () =>
  new ExportError({
    code: "too_many_files",
    message: `The window would have more than ${MOST} files.`,
    fix: "Choose a shorter schedule, fewer events, or a layout that splits less.",
    retryable: false,
  });
