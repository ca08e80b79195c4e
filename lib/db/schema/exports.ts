import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { S3Config, VerifyResult } from "../../schemas/connection";
import type { S3Destination } from "../../schemas/destination";
import type { Filters } from "../../schemas/export";
import type { Schedule } from "../../schemas/schedule";
import { user } from "./auth";
import { tenant } from "./tenancy";

const time = (name: string) => timestamp(name, { withTimezone: true });

export const connections = pgTable(
  "connections",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...tenant,
    type: text("type", { enum: ["s3"] }).notNull(),
    name: text("name").notNull(),
    config: jsonb("config").$type<S3Config>().notNull(),
    /** The secret part of the settings: JSON in an AES-256-GCM envelope bound to this row's id. */
    secrets: text("secrets").notNull(),
    verifiedAt: time("verified_at"),
    lastVerification: jsonb("last_verification").$type<VerifyResult>(),
    createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
    /** A deleted connection keeps its row for the exports that it served, but not its secret. */
    deletedAt: time("deleted_at"),
    createdAt: time("created_at").notNull().defaultNow(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (t) => [index("connections_project").on(t.projectId)],
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
    model: text("model", { enum: ["events"] }).notNull(),
    destination: jsonb("destination").$type<S3Destination>().notNull(),
    filters: jsonb("filters").$type<Filters>().notNull(),
    schedule: jsonb("schedule").$type<Schedule>().notNull(),
    startAt: time("start_at"),
    endAt: time("end_at"),
    paused: boolean("paused").notNull().default(false),
    createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
    /** A deleted export keeps its rows: what was exported stays provable. */
    deletedAt: time("deleted_at"),
    createdAt: time("created_at").notNull().defaultNow(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("exports_project").on(t.projectId, t.createdAt).where(sql`deleted_at is null`),
    index("exports_connection").on(t.connectionId),
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
    /** The range as it is really exported: widened to whole windows, cut at the export's bounds and at now. */
    rangeStart: time("range_start").notNull(),
    rangeEnd: time("range_end").notNull(),
    state: text("state", { enum: ["Starting", "Running", "Completed", "Failed", "Cancelled"] })
      .notNull()
      .default("Starting"),
    windows: integer("windows").notNull(),
    createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
    createdAt: time("created_at").notNull().defaultNow(),
    finishedAt: time("finished_at"),
  },
  (t) => [index("historic_exports_export").on(t.exportId, t.createdAt)],
);
