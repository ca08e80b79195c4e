import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
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

/** Where a run writes: fixed at planning, whatever happens to its connection. */
export interface PinnedConnection {
  connectionId: string;
  version: number;
  type: DestinationType;
  /** Human-readable, like `s3://bucket/prefix/`. */
  place: string;
  /** How the connection authenticates, like `keys` or `role`. */
  auth: string;
  /** Its settings without the secret; earlier versions pinned none. */
  config?: ConnectionConfig;
}

/** The manifest that a run sent. `etag` and `bytes` are null until the storage confirms it. */
export interface SentManifest {
  key: string;
  etag: string | null;
  bytes: number | null;
}

/** Every attempt at a window: the ledger that coverage is computed from. Retention never removes a row. */
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
    /** Temporal's workflow id. Makes starting a run idempotent and lost workflows detectable. */
    workflowId: text("workflow_id").notNull().unique(),
    trigger: text("trigger", { enum: ["schedule", "retry", "historic", "once", "heal"] }).notNull(),
    state: text("state", { enum: RUN_STATES }).notNull().default("Starting"),
    intervalStart: time("interval_start").notNull(),
    intervalEnd: time("interval_end").notNull(),
    attempt: integer("attempt").notNull().default(1),
    /** Which plan the run's files belong to. Increases each time the source no longer matches. */
    planVersion: integer("plan_version").notNull().default(0),
    /** Orders a window's runs: a warehouse refuses a commit with a lower fence than its last. */
    fence: bigserial("fence", { mode: "number" }).notNull(),
    /** The canonical address and the connection that the plan pinned; null before the first plan. */
    address: text("address"),
    pinned: jsonb("pinned").$type<PinnedConnection>(),
    /** The window's revision in its keys. Increases when a key was, or may have been, written with other content. */
    revision: integer("revision").notNull().default(1),
    /** Hash of everything except the rows that determines the files' bytes. */
    encodingHash: text("encoding_hash"),
    manifest: jsonb("manifest").$type<SentManifest>(),
    /** The run whose commit, or first write over this run's files, superseded its receipt. */
    supersededBy: uuid("superseded_by"),
    /** When the leftovers of the window's earlier runs were removed; null until then. */
    cleanedAt: time("cleaned_at"),
    /** Whether an admin allowed it to replace the window by fewer rows than its receipt says. */
    allowShrink: boolean("allow_shrink").notNull().default(false),
    /** From the plan until files are counted. */
    replacedCharacters: count("replaced_characters"),
    rows: count("rows"),
    bytes: count("bytes"),
    files: integer("files"),
    error: jsonb("error").$type<Failure>(),
    createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
    /** Name of the requesting person or API key at the time; null for the schedule. */
    requestedBy: text("requested_by"),
    createdAt: time("created_at").notNull().defaultNow(),
    startedAt: time("started_at"),
    /** When the latest plan was saved; null for runs before 2026-12. */
    plannedAt: time("planned_at"),
    finishedAt: time("finished_at"),
  },
  (t) => [
    index("runs_export_interval").on(t.exportId, t.intervalStart),
    index("runs_export_created").on(t.exportId, t.createdAt),
    index("runs_project_created").on(t.projectId, t.createdAt),
    index("runs_project_state").on(t.projectId, t.state, t.createdAt),
    // Nearly all runs are scheduled; this finds the few others.
    index("runs_project_trigger").on(t.projectId, t.trigger, t.createdAt).where(sql`trigger <> 'schedule'`),
    // Finds prefixes whatever the database's collation.
    index("runs_project_request").on(t.projectId, t.requestId.op("text_pattern_ops")),
    index("runs_historic").on(t.historicExportId),
    // Finds the few receipts that a run superseded.
    index("runs_superseded").on(t.supersededBy).where(sql`superseded_by is not null`),
    index("runs_active").on(t.state).where(sql`state in ('Starting', 'Running')`),
    index("runs_uncleaned").on(t.finishedAt).where(sql`state = 'Completed' and cleaned_at is null`),
    // Two runs of a window would write the same keys at once, so the database refuses the second.
    uniqueIndex("runs_one_active_per_window")
      .on(t.exportId, t.intervalStart)
      .where(sql`state in ('Starting', 'Running')`),
  ],
);
