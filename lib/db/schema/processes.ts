import { index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** The web apps and workers that run, as each of them says itself once a minute. */
export const processes = pgTable(
  "processes",
  {
    /** Drawn by the process when it starts. */
    id: uuid("id").primaryKey(),
    kind: text("kind", { enum: ["web", "worker"] }).notNull(),
    /** Its machine's name and its process id there. */
    name: text("name").notNull(),
    /** By how many ms its clock is ahead of the database's; negative where it is behind. */
    clockDifference: integer("clock_difference_ms").notNull(),
    seenAt: timestamp("seen_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index("processes_seen").on(t.seenAt)],
);
