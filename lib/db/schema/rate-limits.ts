import { bigint, integer, pgTable, varchar } from "drizzle-orm/pg-core";

/** How often something was tried of late, with the columns that rate-limiter-flexible expects. Keys are hashes. */
export const rateLimits = pgTable("rate_limits", {
  key: varchar("key", { length: 255 }).primaryKey(),
  points: integer("points").notNull().default(0),
  expire: bigint("expire", { mode: "number" }),
});
