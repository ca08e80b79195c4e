import { bigserial, date, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { RunSpec } from "@/lib/destinations/run-spec";
import type { Receipt, SourceStatement } from "@/lib/fields/receipt";
import { runs } from "./runs";
import { tenant } from "./tenancy";

const time = (name: string) => timestamp(name, { withTimezone: true });

/** What a run was planned from and what it proves. Not in `runs`, so lists don't read it. Partitioned by `month`. */
export const runDocuments = pgTable(
  "run_documents",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    month: date("month").notNull(),
    /** What the export specified when the run was planned. Later changes apply to later runs. */
    spec: jsonb("spec").$type<RunSpec>(),
    /** The source's count and fingerprint from the plan, with the query to recompute them. */
    source: jsonb("source").$type<SourceStatement>(),
    /** From when it joins its export's chain. Proves nothing before the run is Completed. */
    receipt: jsonb("receipt").$type<Receipt>(),
    /** SHA-256, in hex, of the receipt exactly as in its manifest; null before 2026-12. */
    receiptSha256: text("receipt_sha256"),
  },
  (t) => [primaryKey({ columns: [t.runId, t.month] })],
);

/** A run's file whose row retention has removed. */
export interface ArchivedFile {
  planVersion: number;
  key: string;
  revision: number;
  etag: string | null;
  bytes: number | null;
  /** Whether an attempt was allowed to store it, and whether one was cut off. */
  sent: boolean;
  cutOff: boolean;
}

/** What outlives retention: enough to prove what a window's runs may replace and remove. */
export const runArchive = pgTable("run_archive", {
  runId: uuid("run_id")
    .primaryKey()
    .references(() => runs.id, { onDelete: "cascade" }),
  /** Null while the files' rows still exist. */
  files: jsonb("files").$type<ArchivedFile[]>(),
  /** Null if there was none or it still exists. */
  receiptSha256: text("receipt_sha256"),
});

/** Lines of run logs. Partitioned by `month`. */
export const runLogs = pgTable(
  "run_logs",
  {
    id: bigserial("id", { mode: "number" }).notNull(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    month: date("month").notNull(),
    ...tenant,
    time: time("time").notNull().defaultNow(),
    level: text("level", { enum: ["debug", "info", "warn", "error"] }).notNull(),
    attempt: integer("attempt").notNull(),
    file: text("file"),
    message: text("message").notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.id, t.month] })],
);
