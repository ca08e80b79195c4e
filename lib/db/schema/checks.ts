import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
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
import {
  CHECK_KINDS,
  CHECK_OUTCOMES,
  type CheckedRows,
  DESTINATION_OUTCOMES,
  type Found,
  LOOK_NAMES,
  SOURCE_OUTCOMES,
} from "@/lib/fields/checks";
import type { Failure } from "../../errors";
import { user } from "./auth";
import { exports } from "./exports";
import { runs } from "./runs";
import { tenant } from "./tenancy";

const time = (name: string) => timestamp(name, { withTimezone: true });

/** Checks that people asked for. */
export const checkRequests = pgTable(
  "check_requests",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...tenant,
    exportId: uuid("export_id")
      .notNull()
      .references(() => exports.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: CHECK_KINDS }).notNull(),
    rangeStart: time("range_start").notNull(),
    rangeEnd: time("range_end").notNull(),
    state: text("state", { enum: ["Running", "Completed", "Failed"] })
      .notNull()
      .default("Running"),
    /** Windows with a current receipt in the range, when it was asked for. */
    windows: integer("windows").notNull(),
    done: integer("done").notNull().default(0),
    /** Where it continues: the last window that is done, and its run. Windows of two schedules may start together. */
    doneUpTo: time("done_up_to"),
    doneRunId: uuid("done_run_id"),
    error: jsonb("error").$type<Failure>(),
    createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
    /** Name of the requesting person or API key at the time. */
    requestedBy: text("requested_by"),
    createdAt: time("created_at").notNull().defaultNow(),
    finishedAt: time("finished_at"),
  },
  (t) => [
    index("check_requests_export").on(t.exportId, t.createdAt),
    index("check_requests_running").on(t.createdAt).where(sql`state = 'Running'`),
  ],
);

/**
 * What later looks at committed windows found: the first look of each kind, every requested one, and every change.
 * Never updated.
 */
export const checks = pgTable(
  "checks",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...tenant,
    exportId: uuid("export_id")
      .notNull()
      .references(() => exports.id, { onDelete: "cascade" }),
    /** The request that it answers; null for a scheduled one. */
    checkId: uuid("check_id").references(() => checkRequests.id, { onDelete: "set null" }),
    kind: text("kind", { enum: CHECK_KINDS }).notNull(),
    /** Which of the scheduled looks at the source it is. */
    look: text("look", { enum: LOOK_NAMES }),
    /** The run whose receipt was checked. */
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    intervalStart: time("interval_start").notNull(),
    intervalEnd: time("interval_end").notNull(),
    outcome: text("outcome", { enum: CHECK_OUTCOMES }).notNull(),
    reason: text("reason"),
    expected: jsonb("expected").$type<CheckedRows>().notNull(),
    found: jsonb("found").$type<Found>().notNull(),
    /** The run that heals what this check found. */
    healRunId: uuid("heal_run_id").references(() => runs.id, { onDelete: "set null" }),
    checkedAt: time("checked_at").notNull().defaultNow(),
  },
  (t) => [
    index("checks_export").on(t.exportId, t.checkedAt, t.id),
    index("checks_window").on(t.exportId, t.intervalStart),
    index("checks_run").on(t.runId),
    index("checks_checked").on(t.checkedAt),
    // A repeated step of a request doesn't list a window twice.
    uniqueIndex("checks_request").on(t.checkId, t.runId).where(sql`check_id is not null`),
  ],
);

/**
 * The last look at each run with a current receipt, and when the next one is due. Triggers on `runs` add them, and remove
 * them as their receipts are superseded.
 */
export const watchedRuns = pgTable(
  "watched_runs",
  {
    runId: uuid("run_id")
      .primaryKey()
      .references(() => runs.id, { onDelete: "cascade" }),
    exportId: uuid("export_id")
      .notNull()
      .references(() => exports.id, { onDelete: "cascade" }),
    intervalStart: time("interval_start").notNull(),
    committedAt: time("committed_at").notNull(),
    /** Seconds after the commit at which the last scheduled look that was done, or passed over, was due. */
    looked: integer("looked").notNull().default(0),
    /** When the source is asked next; null if it isn't. */
    nextLookAt: time("next_look_at"),
    sourceOutcome: text("source_outcome", { enum: SOURCE_OUTCOMES }),
    sourceCheckedAt: time("source_checked_at"),
    destinationOutcome: text("destination_outcome", { enum: DESTINATION_OUTCOMES }),
    destinationCheckedAt: time("destination_checked_at"),
    /** The outcome of each kind that was last reported, or needed no report. */
    sourceReported: text("source_reported", { enum: SOURCE_OUTCOMES }),
    destinationReported: text("destination_reported", { enum: DESTINATION_OUTCOMES }),
    /** The outcome of each kind that is still to be reported: another window's was on that day. */
    sourceUnreported: text("source_unreported", { enum: SOURCE_OUTCOMES }),
    destinationUnreported: text("destination_unreported", { enum: DESTINATION_OUTCOMES }),
    /** Whether what the receipt names is no longer so. */
    isBroken: boolean("is_broken").notNull().default(false),
    /** Whether only reading the bytes shows it: a listing that finds nothing wrong doesn't mend it. */
    isBrokenInside: boolean("is_broken_inside").notNull().default(false),
  },
  (t) => [
    index("watched_runs_due").on(t.nextLookAt).where(sql`next_look_at is not null`),
    index("watched_runs_export").on(t.exportId, t.intervalStart),
    index("watched_runs_broken").on(t.exportId).where(sql`is_broken`),
    index("watched_runs_unreported")
      .on(t.exportId)
      .where(sql`source_unreported is not null or destination_unreported is not null`),
  ],
);

/** Numbers of checks by kind and outcome, including those that `checks` doesn't repeat. */
export const checkCounters = pgTable(
  "check_counters",
  {
    kind: text("kind", { enum: CHECK_KINDS }).notNull(),
    outcome: text("outcome", { enum: CHECK_OUTCOMES }).notNull(),
    checks: bigint("checks", { mode: "number" }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.kind, t.outcome] })],
);
