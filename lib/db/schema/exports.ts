import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { ConnectionConfig } from "@/lib/destinations/connection";
import type { Settings } from "@/lib/destinations/settings";
import { type Checks, DEFAULT_CHECKS } from "@/lib/fields/checks";
import type { ColumnChoice } from "@/lib/fields/columns";
import type { FileSchema } from "@/lib/fields/file-schema";
import type { Filters } from "@/lib/fields/filters";
import { RUN_STATES } from "@/lib/fields/run-state";
import type { PastSchedule, Schedule } from "@/lib/fields/schedule";
import type { VerifyResult } from "@/lib/fields/verification";
import { MODEL_NAMES } from "@/lib/rows/tables/registry";
import { DESTINATION_TYPES } from "../../destinations/catalog";
import type { Capabilities } from "../../destinations/types";
import type { StoredPause } from "../../schemas/export";
import { user } from "./auth";
import { organizations, tenant } from "./tenancy";

const time = (name: string) => timestamp(name, { withTimezone: true });

export const connections = pgTable(
  "connections",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...tenant,
    type: text("type", { enum: DESTINATION_TYPES }).notNull(),
    name: text("name").notNull(),
    config: jsonb("config").$type<ConnectionConfig>().notNull(),
    /** The secret settings: JSON in an AES-256-GCM envelope bound to this row's id. */
    secrets: text("secrets").notNull(),
    /** When the current settings were last verified to work; null if they changed since or never were. */
    verifiedAt: time("verified_at"),
    /** When the last verification ran, and what it found. */
    lastVerifiedAt: time("last_verified_at"),
    lastVerification: jsonb("last_verification").$type<VerifyResult>(),
    /** What the last verification learned about the service; null if none has since the settings changed. */
    capabilities: jsonb("capabilities").$type<Capabilities>(),
    /** Increases whenever the connection's target or authentication changes; runs pin it. */
    version: integer("version").notNull().default(1),
    /** Off: no schedule uses this connection; historic exports and retries still may. */
    automatic: boolean("automatic").notNull().default(true),
    createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
    /** A deleted connection keeps its row for its exports, but not its secret. */
    deletedAt: time("deleted_at"),
    createdAt: time("created_at").notNull().defaultNow(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("connections_project").on(t.projectId),
    index("connections_organization").on(t.organizationId).where(sql`deleted_at is null`),
  ],
);

/** The organization that owns a bucket: the first to verify a connection to it. */
export const buckets = pgTable(
  "buckets",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    /** The storage's origin, like `https://minio.example.com`, or `aws`. */
    endpoint: text("endpoint").notNull(),
    bucket: text("bucket").notNull(),
    connectionId: uuid("connection_id").references(() => connections.id, { onDelete: "set null" }),
    claimedBy: text("claimed_by").references(() => user.id, { onDelete: "set null" }),
    /** Key of the object that marks the bucket, to recognize it under another name; null if none could be stored. */
    marker: text("marker"),
    createdAt: time("created_at").notNull().defaultNow(),
  },
  (t) => [uniqueIndex("buckets_address").on(t.endpoint, t.bucket), index("buckets_organization").on(t.organizationId)],
);

export const exports = pgTable(
  "exports",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...tenant,
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connections.id, { onDelete: "restrict" }),
    name: text("name").notNull(),
    model: text("model", { enum: MODEL_NAMES }).notNull(),
    destination: jsonb("destination").$type<Settings>().notNull(),
    /** Exported columns, their names, and whether they are hashed; null exports all as they are. */
    columns: jsonb("columns").$type<ColumnChoice[]>(),
    /** The generation of the files' columns and types. Exports from before generation 2 keep 1. */
    fileSchema: integer("file_schema").$type<FileSchema>().notNull().default(1),
    filters: jsonb("filters").$type<Filters>().notNull(),
    schedule: jsonb("schedule").$type<Schedule>().notNull(),
    /** Previous schedules, oldest first: windows from their time keep their bounds. */
    pastSchedules: jsonb("past_schedules").$type<PastSchedule[]>().notNull().default([]),
    startAt: time("start_at"),
    endAt: time("end_at"),
    paused: boolean("paused").notNull().default(false),
    /** When and why it was paused; null if it isn't. */
    pause: jsonb("pause").$type<StoredPause>(),
    /** Consecutive permanent window failures after which the export pauses itself; 0 means never. */
    pauseAfterFailures: integer("pause_after_failures").notNull().default(3),
    /** How long runs wait after their window ends, in seconds; null uses the source's setting. */
    settleSeconds: integer("settle_seconds"),
    /** When and how committed windows are looked at again. */
    checks: jsonb("checks").$type<Checks>().notNull().default(DEFAULT_CHECKS),
    /** When the destination is audited next. */
    nextAuditAt: time("next_audit_at").notNull().default(sql`now() + interval '1 day'`),
    /** Windows that failed for good since the last success, historic exports excluded. */
    failuresInRow: integer("failures_in_row").notNull().default(0),
    /** Every window that ends by then has started or was never due. */
    dueFrom: time("due_from").notNull().defaultNow(),
    /**
     * The end of the gapless committed windows as of the last commit, and the newest run that the schedule started.
     * Triggers on `runs` maintain them.
     */
    committedUpTo: time("committed_up_to"),
    scheduledStart: time("scheduled_start"),
    scheduledEnd: time("scheduled_end"),
    scheduledAt: time("scheduled_at"),
    /** The last link of the export's chain of receipts: its number and hash. */
    chainSequence: integer("chain_sequence").notNull().default(0),
    chainHead: text("chain_head"),
    /** Increases with every change that Temporal's schedule must follow; `scheduleApplied` is what it follows. */
    scheduleVersion: integer("schedule_version").notNull().default(1),
    scheduleApplied: integer("schedule_applied").notNull().default(0),
    /** Whether `export_leads` has everything its keys begin with; earlier versions of Penstock record nothing. */
    leadsNoted: boolean("leads_noted").notNull().default(false),
    createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
    /** A deleted export keeps its rows: what was exported stays provable. */
    deletedAt: time("deleted_at"),
    createdAt: time("created_at").notNull().defaultNow(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("exports_project").on(t.projectId, t.createdAt).where(sql`deleted_at is null`),
    index("exports_connection").on(t.connectionId),
    index("exports_schedule_pending").on(t.id).where(sql`schedule_applied < schedule_version`),
    index("exports_without_leads").on(t.connectionId).where(sql`not leads_noted and deleted_at is null`),
    index("exports_audit_due").on(t.nextAuditAt).where(sql`deleted_at is null and checks ->> 'destination' <> 'off'`),
    index("exports_recurring_profiles")
      .on(t.projectId)
      .where(sql`model = 'persons' and not paused and deleted_at is null`),
  ],
);

/** When an export's schedule did not run, for its own pause or its connection: windows that ended then are not due. */
export const rests = pgTable(
  "rests",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    exportId: uuid("export_id")
      .notNull()
      .references(() => exports.id, { onDelete: "cascade" }),
    startedAt: time("started_at").notNull().defaultNow(),
    /** Null while it lasts. */
    endedAt: time("ended_at"),
  },
  (t) => [
    index("rests_export").on(t.exportId),
    uniqueIndex("rests_open_export").on(t.exportId).where(sql`ended_at is null`),
  ],
);

export const historicExports = pgTable(
  "historic_exports",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...tenant,
    exportId: uuid("export_id")
      .notNull()
      .references(() => exports.id, { onDelete: "cascade" }),
    /** The range actually exported: widened to whole windows, clipped to the export's bounds and to now. */
    rangeStart: time("range_start").notNull(),
    rangeEnd: time("range_end").notNull(),
    state: text("state", { enum: RUN_STATES }).notNull().default("Starting"),
    windows: integer("windows").notNull(),
    createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
    /** Name of the requesting person or API key at the time. */
    requestedBy: text("requested_by"),
    createdAt: time("created_at").notNull().defaultNow(),
    finishedAt: time("finished_at"),
  },
  (t) => [
    index("historic_exports_export").on(t.exportId, t.createdAt),
    index("historic_exports_organization").on(t.organizationId, t.state),
  ],
);
