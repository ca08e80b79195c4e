import { integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Decision, HoldReason, Recovery } from "@/lib/fields/installation";

const time = (name: string) => timestamp(name, { withTimezone: true });

/** Why an installation waits for its operator, since when, and how that was noticed. */
export interface Hold {
  reason: HoldReason;
  since: string;
  facts: string;
}

/** What an operator decided about a hold. */
export interface Decided {
  decision: Decision;
  by: string;
  at: string;
  /** The organization of the one who decided, for its audit log; null for the command line. */
  organizationId: string | null;
  /** The worker that carries it out, and until when, in epoch seconds, unless it says so again. */
  claim?: { by: string; until: number };
}

/**
 * Which installation this database belongs to: one row. Temporal has a copy of `id`, `generation`, and `stamp`, so a
 * database that was restored or copied is recognized.
 */
export const installation = pgTable("installation", {
  one: integer("one").primaryKey().default(1),
  id: uuid("id").notNull().defaultRandom(),
  /** Increases every few minutes while a worker runs. */
  generation: integer("generation").notNull().default(0),
  /** Random with each generation, to tell two copies that both went on. */
  stamp: uuid("stamp").notNull().defaultRandom(),
  raisedAt: time("raised_at"),
  /** Temporal's address and namespace, and the web app's address, when the generation was raised; null before. */
  temporal: text("temporal"),
  appUrl: text("app_url"),
  hold: jsonb("hold").$type<Hold>(),
  /** Cleared together with the hold. */
  decided: jsonb("decided").$type<Decided>(),
  /** The result of the last decision, and when it was applied. */
  recovery: jsonb("recovery").$type<Recovery>(),
  recoveredAt: time("recovered_at"),
  /** The print of the key with which an operator said that all earlier ones are lost. */
  keysLostWith: text("keys_lost_with"),
});
