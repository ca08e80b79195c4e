import { bigint, date, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Replacements, StoredEncryption } from "@/lib/fields/receipt";
import type { Failure } from "../../errors";
import { exports } from "./exports";
import { runs } from "./runs";
import { tenant } from "./tenancy";

const time = (name: string) => timestamp(name, { withTimezone: true });
const count = (name: string) => bigint(name, { mode: "number" });

/**
 * A file's range in the total order (ingestion time, id): `from` inclusive, `to` exclusive; null is open. If files are
 * split by event or hour, also which ones (the event's name in hex, because it may hold what JSON can't).
 */
export interface FileBounds {
  from: FileCursor | null;
  to: FileCursor | null;
  event?: string;
  hour?: { start: string; end: string };
}

/** `time` as `YYYY-MM-DD HH:MM:SS.ffffff` in UTC, as ClickHouse writes a DateTime64(6). */
export interface FileCursor {
  time: string;
  uuid: string;
}

/** Replacements for values that a file's format or destination can't represent. */
export interface Replaced {
  values: Replacements;
  /** Characters replaced by U+FFFD because the format can't represent them; null if it represents all. */
  characters: number | null;
  /** The plain ways were not right for every value (`lib/rows/json/two-ways.ts`). */
  exact?: true;
}

/** An attempt at a file that ended without storing it. */
export interface EndedTry {
  attempt: number;
  startedAt: string;
  /** Null if its worker was lost: nobody saw its end. */
  endedAt: string | null;
  /** The failure's code. */
  code: string;
}

/** Every object of a run: planned, then measured. Partitioned by `month`. */
export const runFiles = pgTable(
  "run_files",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    month: date("month").notNull(),
    ...tenant,
    index: integer("index").notNull(),
    planVersion: integer("plan_version").notNull(),
    key: text("key").notNull(),
    /** The export's table that its rows come from. */
    table: text("table_name").notNull().default("events"),
    bounds: jsonb("bounds").$type<FileBounds>().notNull(),
    state: text("state", { enum: ["Pending", "Running", "Completed", "Failed"] })
      .notNull()
      .default("Pending"),
    attempt: integer("attempt").notNull().default(0),
    expectedRows: count("expected_rows").notNull(),
    expectedFingerprint: text("expected_fingerprint").notNull(),
    rows: count("rows"),
    bytes: count("bytes"),
    sha256: text("sha256"),
    etag: text("etag"),
    encryption: jsonb("encryption").$type<StoredEncryption>(),
    /** Values that were replaced; null for files written before this was counted. */
    replaced: jsonb("replaced").$type<Replaced>(),
    error: jsonb("error").$type<Failure>(),
    /** The window's revision in its key. */
    revision: integer("revision").notNull().default(1),
    /** Its previous key, before an attempt with an unknown outcome; null if none. */
    renamedFrom: text("renamed_from"),
    /** When an attempt was allowed to store the object: from then on it may exist, whatever the response. */
    sentAt: time("sent_at"),
    startedAt: time("started_at"),
    finishedAt: time("finished_at"),
    /** The latest attempts before the current one, oldest first; null if there were none. */
    tries: jsonb("tries").$type<EndedTry[]>(),
    /** How much of a slow file its current attempt has read so far. Rows are null if the format stores their count last. */
    passedRows: count("passed_rows"),
    passedBytes: count("passed_bytes"),
    passedAt: time("passed_at"),
  },
  // Outdated plans keep their rows, so that the commit removes their objects.
  (t) => [primaryKey({ columns: [t.runId, t.planVersion, t.index, t.month] })],
);

/** Every object key that a run planned or wrote, by its storage's address. Windows never share a key. */
export const objectKeys = pgTable(
  "object_keys",
  {
    ...tenant,
    address: text("address").notNull(),
    key: text("key").notNull(),
    kind: text("kind", { enum: ["file", "manifest", "marker"] }).notNull(),
    exportId: uuid("export_id")
      .notNull()
      .references(() => exports.id, { onDelete: "cascade" }),
    intervalStart: time("interval_start").notNull(),
    intervalEnd: time("interval_end").notNull(),
    /** The last run that planned it. */
    runId: uuid("run_id").notNull(),
    createdAt: time("created_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.address, t.key] }), index("object_keys_window").on(t.exportId, t.intervalStart)],
);
