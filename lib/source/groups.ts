import type { FileBounds } from "../db/schema/runs";
import { ExportError } from "../errors";
import type { FilePart, Split } from "../layouts/types";
import { queryRows } from "./client";
import { type Written, withClause } from "./encode";
import { type Measures, type MeasuresRow, measureColumns, toMeasures } from "./measures";
import { predicate } from "./predicate";

/** More files than that would make a receipt that nobody can open. */
const MOST = 100_000;

/** Rows that go into files of their own: those of one hour, of one event, or of both. */
export interface Group extends Measures {
  bounds: FileBounds;
  part: Pick<FilePart, "hour" | "event">;
}

interface GroupRow extends MeasuresRow {
  hour: string;
  event: string;
  sha256: string;
}

/**
 * Measures the groups that a window's files are split into, in the order of hour and event's name: one pass over the source.
 * Throws an `ExportError` when they are too many.
 */
export async function groupRows(written: Written, split: Split, signal?: AbortSignal): Promise<Group[]> {
  const { selection, encoding, salt } = written;
  const { model } = selection;
  const where = predicate(selection);
  const hour = split.hours ? "toStartOfHour(inserted_at, 'UTC')" : "toDateTime(0, 'UTC')";
  const event = split.events && model.eventColumn ? `toString(${model.eventColumn})` : "''";
  const expressions = withClause(encoding);
  const rows = await queryRows<GroupRow>(
    `SELECT hour, hex(name) AS event, lower(hex(SHA256(name))) AS sha256, rows, bytes, fingerprint, replaced FROM (` +
      `${expressions}SELECT toUnixTimestamp(${hour}) AS hour, ${event} AS name, ${measureColumns(written)} ` +
      `FROM ${model.from} WHERE ${where.sql} GROUP BY hour, name) ORDER BY hour, name LIMIT ${MOST + 1}`,
    { ...where.params, salt },
    {},
    signal,
  );
  if (rows.length > MOST) throw tooMany();
  return rows.map((row) => toGroup(row, split));
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
    message: `The window would make more than ${MOST} files.`,
    fix: "Choose a shorter schedule, fewer events, or a layout that splits less.",
    retryable: false,
  });
