import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { ChainLink, Supersedes } from "@/lib/fields/receipt";
import { exports } from "./exports";
import { runs } from "./runs";

const time = (name: string) => timestamp(name, { withTimezone: true });

/** Keys that sign receipts. Exactly one has no end: it signs. Public parts stay forever, to verify old receipts. */
export const signingKeys = pgTable(
  "signing_keys",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** Thumbprint by RFC 7638. */
    kid: text("kid").notNull().unique(),
    /** The public key, base64url. */
    x: text("x").notNull(),
    /** JSON {d} in an AES-256-GCM envelope bound to this row's id. */
    secret: text("secret").notNull(),
    notBefore: time("not_before").notNull().defaultNow(),
    notAfter: time("not_after"),
  },
  (t) => [uniqueIndex("signing_keys_one_current").on(sql`(true)`).where(sql`${t.notAfter} is null`)],
);

/** The chain of each export's receipts, without their bodies. Retention never removes a row. */
export const receiptLinks = pgTable(
  "receipt_links",
  {
    exportId: uuid("export_id")
      .notNull()
      .references(() => exports.id, { onDelete: "cascade" }),
    sequence: integer("sequence").notNull(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    type: text("type", { enum: ["receipt", "void"] }).notNull(),
    /** Of the canonical bytes without `signature`, hex. */
    sha256: text("sha256").notNull(),
    previous: text("previous"),
    kid: text("kid").notNull(),
    intervalStart: time("interval_start").notNull(),
    intervalEnd: time("interval_end").notNull(),
    rows: bigint("rows", { mode: "number" }).notNull(),
    supersedes: jsonb("supersedes").$type<Supersedes>(),
    /** For a void link: the sequence of the receipt that is void. For that receipt: the void link's. */
    voids: integer("voids"),
    voidedBy: integer("voided_by"),
    /** When the source was asked last, and how the stored objects were compared; null for a void link. */
    askedAt: time("asked_at"),
    compared: text("compared", { enum: ["listing", "head", "no"] }),
    /** Whether its run ended without committing it while nothing could be signed: it is still to be voided. */
    isAbandoned: boolean("is_abandoned").notNull().default(false),
    signedAt: time("signed_at").notNull(),
    /** The whole link, unless it is its run's receipt in `run_documents`. */
    document: jsonb("document").$type<ChainLink>(),
    /** Whether the bucket holds the chain as well, and since when this link is there. */
    hasObject: boolean("has_object").notNull(),
    storedAt: time("stored_at"),
    /** When to try again to store it in the bucket, and how often that has failed. */
    nextTryAt: time("next_try_at").notNull().default(sql`now() + interval '1 minute'`),
    tries: integer("tries").notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.exportId, t.sequence] }),
    index("receipt_links_run").on(t.runId),
    // A run has one receipt at most.
    uniqueIndex("receipt_links_one_per_run").on(t.runId).where(sql`type = 'receipt' and voided_by is null`),
    index("receipt_links_abandoned").on(t.runId).where(sql`is_abandoned`),
    index("receipt_links_window").on(t.exportId, t.intervalStart),
    index("receipt_links_unstored").on(t.nextTryAt).where(sql`has_object and stored_at is null`),
  ],
);
