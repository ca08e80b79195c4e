import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Failure } from "../../errors";
import { user } from "./auth";
import { exports } from "./exports";
import { runs } from "./runs";
import { organizations, tenant } from "./tenancy";

const time = (name: string) => timestamp(name, { withTimezone: true });

const DELIVERY_STATES = ["queued", "sent", "kept", "failed"] as const;

/** Alerts about an export: a run failed for good, it paused itself, it recovered, or a check found something. */
export const alerts = pgTable(
  "alerts",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...tenant,
    exportId: uuid("export_id")
      .notNull()
      .references(() => exports.id, { onDelete: "cascade" }),
    runId: uuid("run_id").references(() => runs.id, { onDelete: "set null" }),
    kind: text("kind", { enum: ["failed", "paused", "recovered", "finding"] }).notNull(),
    /** The failure's code. */
    cause: text("cause").notNull(),
    failure: jsonb("failure").$type<Failure>(),
    intervalStart: time("interval_start").notNull(),
    intervalEnd: time("interval_end").notNull(),
    createdAt: time("created_at").notNull().defaultNow(),
  },
  (t) => [
    index("alerts_export").on(t.exportId, t.kind, t.cause, t.createdAt),
    index("alerts_organization").on(t.organizationId, t.createdAt),
  ],
);

/** Where alerts go in addition to email. The URL may be a secret, so it is sealed. */
export const alertChannels = pgTable(
  "alert_channels",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: ["webhook", "slack"] }).notNull(),
    name: text("name").notNull(),
    /** JSON {url, signingSecret} in an AES-256-GCM envelope bound to this row's id. */
    secrets: text("secrets").notNull(),
    /** The URL's host, which may be shown. */
    host: text("host").notNull(),
    enabled: boolean("enabled").notNull().default(true),
    /** Whether every receipt is posted too. Webhooks only. */
    receipts: boolean("receipts").notNull().default(false),
    createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
    createdAt: time("created_at").notNull().defaultNow(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (t) => [index("alert_channels_organization").on(t.organizationId)],
);

/** The delivery of one alert, or of one run's receipt, to one channel. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    /** Null for a receipt. */
    alertId: uuid("alert_id").references(() => alerts.id, { onDelete: "cascade" }),
    /** The run whose receipt is delivered; null for an alert. */
    runId: uuid("run_id").references(() => runs.id, { onDelete: "cascade" }),
    channelId: uuid("channel_id")
      .notNull()
      .references(() => alertChannels.id, { onDelete: "cascade" }),
    state: text("state", { enum: DELIVERY_STATES }).notNull().default("queued"),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: time("next_attempt_at").notNull().defaultNow(),
    /** Why the last attempt failed, in our words: never the receiver's response. */
    lastError: text("last_error"),
    createdAt: time("created_at").notNull().defaultNow(),
    deliveredAt: time("delivered_at"),
  },
  (t) => [
    uniqueIndex("deliveries_once").on(t.alertId, t.channelId),
    index("deliveries_run").on(t.runId).where(sql`run_id is not null`),
    check("deliveries_one_subject", sql`num_nonnulls(alert_id, run_id) = 1`),
    index("deliveries_channel").on(t.channelId, t.createdAt),
    index("deliveries_due").on(t.nextAttemptAt).where(sql`state = 'queued'`),
  ],
);

/** Outgoing emails and, without a mail server, emails to read in the app. */
export const mails = pgTable(
  "mails",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** Null for an email that only operators may read. */
    organizationId: uuid("organization_id").references(() => organizations.id, { onDelete: "cascade" }),
    alertId: uuid("alert_id").references(() => alerts.id, { onDelete: "cascade" }),
    to: text("to").notNull(),
    subject: text("subject").notNull(),
    /** JSON {text, html} in an AES-256-GCM envelope bound to this row's id: its link may be as good as a password. */
    body: text("body").notNull(),
    state: text("state", { enum: DELIVERY_STATES }).notNull().default("queued"),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: time("next_attempt_at").notNull().defaultNow(),
    lastError: text("last_error"),
    createdAt: time("created_at").notNull().defaultNow(),
    sentAt: time("sent_at"),
  },
  (t) => [
    index("mails_organization").on(t.organizationId, t.createdAt),
    index("mails_alert").on(t.alertId),
    index("mails_due").on(t.nextAttemptAt).where(sql`state = 'queued'`),
  ],
);
