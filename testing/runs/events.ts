import { randomUUID } from "node:crypto";
import { micros } from "@/lib/source/time";
import { literal } from "./literal";
import { sourceOwner } from "./source-owner";

export interface EventRow {
  uuid: string;
  person_id: string;
  event: Buffer;
  distinct_id: Buffer;
  properties: Buffer;
  person_properties: Buffer;
  elements_chain: Buffer;
  ip: Buffer;
  /** Microseconds since the epoch. */
  timestamp: number;
  created_at: number;
  inserted_at: number;
}

/** A plain row, with the given values. */
export const eventRow = (insertedAt: number, values: Partial<EventRow> = {}): EventRow => ({
  uuid: randomUUID(),
  person_id: randomUUID(),
  event: Buffer.from("$pageview"),
  distinct_id: Buffer.from("someone"),
  properties: Buffer.from("{}"),
  person_properties: Buffer.from("{}"),
  elements_chain: Buffer.alloc(0),
  ip: Buffer.from("127.0.0.1"),
  timestamp: insertedAt,
  created_at: insertedAt,
  inserted_at: insertedAt,
  ...values,
});

const COLUMNS = [
  "uuid",
  "person_id",
  "event",
  "distinct_id",
  "properties",
  "person_properties",
  "elements_chain",
  "ip",
  "timestamp",
  "created_at",
  "inserted_at",
] as const;

/** Inserts rows into a project of the source, byte for byte. */
export async function insertEvents(sourceProjectId: number, rows: readonly EventRow[]): Promise<void> {
  const values = rows.map((row) => `(${sourceProjectId}, ${COLUMNS.map((name) => literal(row[name])).join(", ")})`);
  await sourceOwner().command({
    query: `INSERT INTO events (project_id, ${COLUMNS.join(", ")}) VALUES ${values.join(", ")}`,
  });
}

/**
 * Fills a window with `rows` evenly spread rows made inside ClickHouse, each with about `bytes` bytes of properties
 * that hardly compress.
 */
export async function fillWindow(
  sourceProjectId: number,
  window: { start: Date; end: Date },
  { rows, bytes }: { rows: number; bytes: number },
): Promise<void> {
  const length = micros(window.end) - micros(window.start);
  const time = `fromUnixTimestamp64Micro(${micros(window.start)} + intDiv(number * ${length}, ${rows}), 'UTC')`;
  await sourceOwner().command({
    query:
      `INSERT INTO events SELECT ${sourceProjectId}, generateUUIDv4(), 'step', toString(number), generateUUIDv4(), ` +
      `${time}, ${time}, ${time}, concat('{"n":', toString(number), ',"noise":"', hex(randomString(${bytes >> 1})), '"}'), '{}', '', '::1' ` +
      `FROM numbers(${rows})`,
  });
}

/** The uuids of a project's rows, in the source's total order. */
export async function sourceUuids(sourceProjectId: number): Promise<string[]> {
  const result = await sourceOwner().query({
    query: "SELECT toString(uuid) AS id FROM events WHERE project_id = {p:UInt32} ORDER BY inserted_at, uuid",
    query_params: { p: sourceProjectId },
    format: "JSONEachRow",
  });
  return (await result.json<{ id: string }>()).map(({ id }) => id);
}

/** Deletes rows of a window at the source: all of them, or those that a condition in SQL picks. */
export async function deleteEvents(
  sourceProjectId: number,
  { start, end }: { start: Date; end: Date },
  condition = "true",
): Promise<void> {
  await sourceOwner().command({
    query:
      "ALTER TABLE events DELETE WHERE project_id = {p:UInt32} AND inserted_at >= fromUnixTimestamp64Milli({start:Int64}) " +
      `AND inserted_at < fromUnixTimestamp64Milli({end:Int64}) AND (${condition})`,
    query_params: { p: sourceProjectId, start: start.getTime(), end: end.getTime() },
    clickhouse_settings: { mutations_sync: "2" },
  });
}
