import { bigint, numeric, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";

const count = (name: string) => bigint(name, { mode: "number" }).notNull();

/**
 * Totals of all ended runs, by state and duration. A trigger on `runs` counts at the end of the transaction that ends a
 * run. Each connection uses one of 16 slots, so that they rarely wait for each other.
 */
export const runCounters = pgTable(
  "run_counters",
  {
    state: text("state").notNull(),
    /** How many duration bounds a run exceeded; -1 if it never both started and finished. */
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

/** The number of emails and deliveries in each state, counted by triggers in the same way. */
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
