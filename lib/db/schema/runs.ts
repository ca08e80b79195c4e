import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { ConnectionConfig } from "@/lib/destinations/connection";
import { RUN_STATES } from "@/lib/fields/run-state";
import type { DestinationType } from "../../destinations/catalog";
import type { Failure } from "../../errors";
import { user } from "./auth";
import { exports, historicExports } from "./exports";
import { tenant } from "./tenancy";

const time = (name: string) => timestamp(name, { withTimezone: true });
const count = (name: string) => bigint(name, { mode: "number" });

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

/** Every attempt on a window: the ledger that coverage is computed from. Retention never removes a row. */
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
    state: text("state", { enum: RUN_STATES }).notNull().default("Starting"),
    intervalStart: time("interval_start").notNull(),
    intervalEnd: time("interval_end").notNull(),
    attempt: integer("attempt").notNull().default(1),
    /** Which plan the run's files belong to: grows by one each time the source no longer matched. */
    planVersion: integer("plan_version").notNull().default(0),
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
    // Whoever looks for the receipts that a run has withdrawn asks by it; few are.
    index("runs_superseded").on(t.supersededBy).where(sql`superseded_by is not null`),
    index("runs_active").on(t.state).where(sql`state in ('Starting', 'Running')`),
    index("runs_uncleaned").on(t.finishedAt).where(sql`state = 'Completed' and cleaned_at is null`),
    // Two runs on one window would write the same keys at once: the database itself refuses the second.
    uniqueIndex("runs_one_active_per_window")
      .on(t.exportId, t.intervalStart)
      .where(sql`state in ('Starting', 'Running')`),
  ],
);
