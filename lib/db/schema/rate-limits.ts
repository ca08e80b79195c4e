import { bigint, integer, pgTable, varchar } from "drizzle-orm/pg-core";

/** Recent attempts, in the columns that rate-limiter-flexible expects. Keys are hashes. */
export const rateLimits = pgTable("rate_limits", {
  key: varchar("key", { length: 255 }).primaryKey(),
  points: integer("points").notNull().default(0),
  expire: bigint("expire", { mode: "number" }),
});
