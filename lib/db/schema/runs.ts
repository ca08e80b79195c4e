import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { DestinationType } from "../../destinations/catalog";
import type { Failure } from "../../errors";
import type { ModelName } from "../../models/registry";
import type { ColumnChoice } from "../../schemas/columns";
import type { ConnectionConfig } from "../../schemas/connection";
import type { FileSchema } from "../../schemas/file-schema";
import type { Filters } from "../../schemas/filters";
import type { Receipt, Replacements, StoredEncryption } from "../../schemas/receipt";
import type { Settings } from "../../schemas/settings";
import { user } from "./auth";
import { exports, historicExports } from "./exports";
import { tenant } from "./tenancy";

const time = (name: string) => timestamp(name, { withTimezone: true });
const count = (name: string) => bigint(name, { mode: "number" });

/** The part of an export that decides what its files are. */
export interface RunSpec {
  model: ModelName;
  destination: Settings;
  columns: ColumnChoice[] | null;
  filters: Filters;
  /** Left out by versions that had one file schema: it is 1. */
  fileSchema?: FileSchema;
  /** Whether only the first row of an id is exported; the source's setting when the run was planned. */
  oneRowPerId?: boolean;
}

/** Where a run writes: fixed when it plans, whatever becomes of its connection. */
export interface PinnedConnection {
  connectionId: string;
  version: number;
  type: DestinationType;
  /** As people read it, like `s3://bucket/prefix/`. */
  place: string;
  /** How the connection authenticates, like `keys` or `role`. */
  auth: string;
  /** Its settings, without the secret; earlier versions pinned none. */
  config?: ConnectionConfig;
}

/** The manifest that a run sent. `etag` and `bytes` are null until the storage has confirmed it. */
export interface SentManifest {
  key: string;
  etag: string | null;
  bytes: number | null;
}

/** Every attempt on a window: the ledger that coverage is computed from. */
export const runs = pgTable(
  "runs",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...tenant,
    exportId: uuid("export_id")
      .notNull()
      .references(() => exports.id, { onDelete: "cascade" }),
    historicExportId: uuid("historic_export_id").references(() => historicExports.id, { onDelete: "set null" }),
    retryOf: uuid("retry_of"),
    requestId: text("request_id").notNull().unique(),
    /** Temporal's workflow id: what makes starting a run idempotent, and how a lost workflow is found out. */
    workflowId: text("workflow_id").notNull().unique(),
    trigger: text("trigger", { enum: ["schedule", "retry", "historic", "once", "heal"] }).notNull(),
    state: text("state", { enum: ["Starting", "Running", "Completed", "Failed", "Cancelled"] })
      .notNull()
      .default("Starting"),
    intervalStart: time("interval_start").notNull(),
    intervalEnd: time("interval_end").notNull(),
    attempt: integer("attempt").notNull().default(1),
    /** Which plan the run's files belong to: grows by one each time the source no longer matched. */
    planVersion: integer("plan_version").notNull().default(0),
    /** The source's count and fingerprint, as the plan found them, with the query that asks for them again. */
    source: jsonb("source").$type<Receipt["source"]>(),
    /** What the export asked for when the run was planned: a change made meanwhile is for the runs after it. */
    spec: jsonb("spec").$type<RunSpec>(),
    /** Orders the runs of a window: a warehouse refuses a commit with a lower number than its last. */
    fence: bigserial("fence", { mode: "number" }).notNull(),
    /** The canonical address that the plan pinned, and the connection behind it; null before the first plan. */
    address: text("address"),
    pinned: jsonb("pinned").$type<PinnedConnection>(),
    /** Which writing of the window its keys name: grows when a key was written, or may have been, with other content. */
    revision: integer("revision").notNull().default(1),
    /** Hash of everything, apart from the rows, that decides the files' bytes. */
    encodingHash: text("encoding_hash"),
    manifest: jsonb("manifest").$type<SentManifest>(),
    /** The run whose commit, or whose first write over its files, made this run's receipt outdated. */
    supersededBy: uuid("superseded_by"),
    /** When what earlier runs of the window left was removed; null while that is still to be done. */
    cleanedAt: time("cleaned_at"),
    /** As a plan counted it, until files did. */
    replacedCharacters: count("replaced_characters"),
    rows: count("rows"),
    bytes: count("bytes"),
    files: integer("files"),
    error: jsonb("error").$type<Failure>(),
    receipt: jsonb("receipt").$type<Receipt>(),
    createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
    /** What the person or the API key that asked was called then; null for the schedule. */
    requestedBy: text("requested_by"),
    createdAt: time("created_at").notNull().defaultNow(),
    startedAt: time("started_at"),
    finishedAt: time("finished_at"),
  },
  (t) => [
    index("runs_export_interval").on(t.exportId, t.intervalStart),
    index("runs_export_created").on(t.exportId, t.createdAt),
    index("runs_project_created").on(t.projectId, t.createdAt),
    index("runs_project_state").on(t.projectId, t.state, t.createdAt),
    // Nearly all runs are the schedule's: what else began one is found among the few others.
    index("runs_project_trigger").on(t.projectId, t.trigger, t.createdAt).where(sql`trigger <> 'schedule'`),
    // Whatever collation the database has, a prefix is found by it.
    index("runs_project_request").on(t.projectId, t.requestId.op("text_pattern_ops")),
    index("runs_historic").on(t.historicExportId),
    index("runs_active").on(t.state).where(sql`state in ('Starting', 'Running')`),
    index("runs_uncleaned").on(t.finishedAt).where(sql`state = 'Completed' and cleaned_at is null`),
    // Two runs on one window would write the same keys at once: the database itself refuses the second.
    uniqueIndex("runs_one_active_per_window")
      .on(t.exportId, t.intervalStart)
      .where(sql`state in ('Starting', 'Running')`),
  ],
);

/**
 * Where a file's rows begin and end in the total order (ingestion time, id): from inclusive, to exclusive; null is open. Where
 * files are split by them, also of which event (its name in hexadecimal digits: it may hold what JSON can't) and which hour.
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

/** What a file has in place of values that its format or destination can't carry. */
export interface Replaced {
  values: Replacements;
  /** Characters that became U+FFFD because the format can't carry them; null where the format carries all. */
  characters: number | null;
  /** That it was not enough to take each value the short way (`lib/json/two-ways.ts`). */
  exact?: true;
}

/** Every object of a run: planned, then measured. */
export const runFiles = pgTable(
  "run_files",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    ...tenant,
    index: integer("index").notNull(),
    planVersion: integer("plan_version").notNull(),
    key: text("key").notNull(),
    /** Which of the export's tables its rows are of. */
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
    /** What of it did not arrive as it is; null for files written before this was counted. */
    replaced: jsonb("replaced").$type<Replaced>(),
    error: jsonb("error").$type<Failure>(),
    /** Which writing of the window its key names. */
    revision: integer("revision").notNull().default(1),
    /** The key that it had before an attempt with an unknown outcome; null when there was none. */
    renamedFrom: text("renamed_from"),
    /** When an attempt was allowed to store the object: from then on it may exist, whatever was answered. */
    sentAt: time("sent_at"),
    startedAt: time("started_at"),
    finishedAt: time("finished_at"),
  },
  // A plan that the source outgrew keeps its rows: the commit removes its objects.
  (t) => [primaryKey({ columns: [t.runId, t.planVersion, t.index] })],
);

/** Every object key that a run planned or wrote, by its storage's address: no two windows share one. */
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
    /** The run that planned it last. */
    runId: uuid("run_id").notNull(),
    createdAt: time("created_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.address, t.key] }), index("object_keys_window").on(t.exportId, t.intervalStart)],
);

export const runLogs = pgTable(
  "run_logs",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    ...tenant,
    time: time("time").notNull().defaultNow(),
    level: text("level", { enum: ["debug", "info", "warn", "error"] }).notNull(),
    attempt: integer("attempt").notNull(),
    file: text("file"),
    message: text("message").notNull(),
  },
  (t) => [index("run_logs_run").on(t.runId, t.id), index("run_logs_time").on(t.time)],
);
