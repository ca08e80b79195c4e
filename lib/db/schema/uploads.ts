import { boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { StoredEncryption } from "@/lib/fields/receipt";
import { runs } from "./runs";

const time = (name: string) => timestamp(name, { withTimezone: true });

/** Multipart uploads that a later attempt at their file may continue. A row goes with its upload. */
export const uploads = pgTable(
  "uploads",
  {
    id: uuid("id").primaryKey(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    planVersion: integer("plan_version").notNull(),
    index: integer("index").notNull(),
    key: text("key").notNull(),
    /** The storage's id. */
    uploadId: text("upload_id").notNull(),
    /** The mark in the object's metadata: that of the attempt that began it. */
    mark: text("mark").notNull(),
    /** The encryption that the storage reported at the beginning; null if it reported none. */
    encryption: jsonb("encryption").$type<StoredEncryption>(),
    /** Size of its parts, and whether they carry checksums: it continues the same way or not at all. */
    partBytes: integer("part_bytes").notNull(),
    checksums: boolean("checksums").notNull(),
    /** The attempt that holds it: no other one adds parts or aborts it. */
    attempt: integer("attempt").notNull(),
    /** When it was given up: it is to be aborted, and never continued. */
    givenUpAt: time("given_up_at"),
    createdAt: time("created_at").notNull().defaultNow(),
  },
  (t) => [index("uploads_run").on(t.runId)],
);

/** The parts that the storage has of an upload, each of full size. */
export const uploadParts = pgTable(
  "upload_parts",
  {
    upload: uuid("upload")
      .notNull()
      .references(() => uploads.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    etag: text("etag").notNull(),
    crc32: text("crc32"),
    /** SHA-256, in hex, of the file from its beginning to the end of this part. */
    sha256: text("sha256").notNull(),
  },
  (t) => [primaryKey({ columns: [t.upload, t.number] })],
);
