import type { FileBounds } from "../db/schema/run-files";
import { NO_FRAME } from "../rows/formats/types";
import { rowHash } from "../rows/tables/row-hash";
import type { SourceTable } from "../rows/tables/types";
import { queryRows, type Source } from "./client";
import { type EncodedQuery, encodeQuery, rowsOf, type TableExtract } from "./encode";
import { predicate, type Sql, saltParam } from "./predicate";
import { anyDirty, type Strictness } from "./strict";
import { microsOf } from "./time";

/** Files of one table that one query writes, in plan order. Each is a whole event, a whole hour, or both. */
export type Grouped = readonly FileBounds[];

interface FilePosition extends Sql {
  /** Whether rows are in file order without a sort. */
  isSorted: boolean;
}

const HOUR = "toString(toUnixTimestamp(toStartOfHour(inserted_at, 'UTC')))";

const hourOf = ({ hour }: FileBounds) => (hour ? `${microsOf(hour.start) / 1_000_000}` : "");

/**
 * SQL for the zero-based position of a row's file, by the row's event and hour; the number of files if the row belongs
 * to none. Names are parameters in hex, because they may hold anything.
 */
function positionOf({ eventColumn }: SourceTable, files: Grouped): FilePosition {
  const hasHours = files[0]?.hour !== undefined;
  const hasEvents = files[0]?.event !== undefined && eventColumn !== null;
  const parts = [...(hasHours ? [HOUR] : []), ...(hasEvents ? [`toString(${eventColumn})`] : [])];
  const key = parts.length === 1 ? parts.join() : `concat(${parts.join(", ' ', ")})`;
  const names = files.map((file) => {
    const hour = hasHours && hasEvents ? `${hourOf(file)} ` : hourOf(file);
    return Buffer.from(hour).toString("hex") + (hasEvents ? (file.event ?? "") : "");
  });
  const { length } = files;
  return {
    sql: `ifNull(toUInt16(transform(${key}, arrayMap(name -> unhex(name), {files:Array(String)}), range(${length}), ${length})), ${length})`,
    params: { files: names },
    isSorted: !hasEvents,
  };
}

/** From the first file's hour to the end of the last one's, so that ClickHouse reads nothing else. */
function spanOf(files: Grouped): FileBounds {
  const [first, last] = [files[0]?.hour, files.at(-1)?.hour];
  return { from: null, to: null, ...(first && last && { hour: { start: first.start, end: last.end } }) };
}

const within = (place: Sql, { length }: Grouped): Sql => ({
  sql: ` AND ${place.sql} < ${length}`,
  params: place.params,
});

/**
 * The query that returns the rows of all these files, file by file, each in the order and form of its own file. Each
 * row is preceded by `token`, its file's position (2 bytes), and its share of the fingerprint (8 bytes), little-endian.
 */
export function groupQuery(
  written: TableExtract,
  files: Grouped,
  { token, strict }: { token: string; strict: Strictness },
): EncodedQuery {
  const { selection, encoding } = written;
  const { row } = encoding;
  if (row.template === null) throw new Error("Only formats that write rows one by one can be written in groups.");
  const place = positionOf(selection.model, files);
  const tag = `reinterpretAsFixedString(${place.sql}) AS file_place, reinterpretAsFixedString(${rowHash(selection.model)}) AS row_hash`;
  const tagged = {
    select: `${tag}, ${row.select}`,
    template: `${token}\${file_place:Raw}\${row_hash:Raw}${row.template}`,
  };
  return encodeQuery(
    { ...written, encoding: { ...encoding, row: tagged, codec: "none", frame: () => NO_FRAME } },
    { bounds: spanOf(files), only: within(place, files), first: place.isSorted ? undefined : place.sql, strict },
  );
}

/** Positions of the files with a value that is replaced. Throws an `ExportError`. */
export async function dirtyPlaces(
  source: Source,
  written: TableExtract,
  files: Grouped,
  signal?: AbortSignal,
): Promise<Set<number>> {
  const { selection, encoding, salt } = written;
  if (encoding.replacements.length === 0) return new Set();
  const where = predicate(selection, spanOf(files));
  const place = positionOf(selection.model, files);
  const only = within(place, files);
  const rows = await queryRows<{ place: number }>(
    source,
    `SELECT DISTINCT ${place.sql} AS place FROM (SELECT * FROM ${rowsOf(written, where.sql + only.sql)}) WHERE ${anyDirty(encoding)}`,
    {
      params: { ...where.params, ...only.params, ...saltParam(salt) },
      settings: { prefer_column_name_to_alias: 1 },
      signal,
    },
  );
  return new Set(rows.map((row) => row.place));
}
