import { boolean, integer, jsonb, pgTable, timestamp } from "drizzle-orm/pg-core";
import type { VerifyResult } from "@/lib/fields/verification";

/** Settings of the installation's one source: one row, or none while they have their defaults. */
export const source = pgTable("source", {
  id: integer("id").primaryKey().default(1),
  /** How long runs wait after their window ends, in seconds; null uses SETTLE_SECONDS. */
  settleSeconds: integer("settle_seconds"),
  oneRowPerId: boolean("one_row_per_id").notNull().default(false),
  sequentialConsistency: boolean("sequential_consistency").notNull().default(false),
  /** Days that the source keeps rows, by what its operator declares; null if it keeps them forever. */
  retentionDays: integer("retention_days"),
  lastVerifiedAt: timestamp("last_verified_at", { withTimezone: true }),
  lastVerification: jsonb("last_verification").$type<VerifyResult>(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
});
