import { bigint, numeric, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";

const count = (name: string) => bigint(name, { mode: "number" }).notNull();

/**
 * What all runs that have ended come to, by state and duration. A trigger of `runs` counts, at the end of the transaction that
 * ends a run; every connection has one of 16 slots, so that they seldom wait for each other.
 */
export const runCounters = pgTable(
  "run_counters",
  {
    state: text("state").notNull(),
    /** How many bounds of durations a run took longer than; -1 where it has not both begun and ended. */
    bucket: smallint("bucket").notNull(),
    slot: smallint("slot").notNull(),
    runs: count("runs"),
    attempts: count("attempts"),
    rows: count("rows"),
    bytes: count("bytes"),
    seconds: numeric("seconds").notNull(),
  },
  (t) => [primaryKey({ columns: [t.state, t.bucket, t.slot] })],
);

/** How many mails and deliveries there are in each state, counted by their triggers in the same way. */
export const outboxCounters = pgTable(
  "outbox_counters",
  {
    kind: text("kind").notNull(),
    state: text("state").notNull(),
    slot: smallint("slot").notNull(),
    items: count("items"),
  },
  (t) => [primaryKey({ columns: [t.kind, t.state, t.slot] })],
);
