import { bigserial, index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { AuditChange } from "../../schemas/audit";
import { organizations } from "./tenancy";

/**
 * Who changed which object, from where, and how. Written in the change's own transaction. Names are copied, because
 * objects and people get deleted.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    projectId: uuid("project_id"),
    time: timestamp("time", { withTimezone: true }).notNull().defaultNow(),
    actorKind: text("actor_kind", { enum: ["user", "key", "system"] }).notNull(),
    /** The user's or the key's id; null for the system. */
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    ip: text("ip"),
    userAgent: text("user_agent"),
    /** Object type and verb: `export.create`. */
    action: text("action").notNull(),
    objectType: text("object_type").notNull(),
    objectId: text("object_id").notNull(),
    objectName: text("object_name").notNull(),
    changes: jsonb("changes").$type<AuditChange[]>().notNull(),
  },
  (t) => [
    index("audit_log_organization").on(t.organizationId, t.id),
    index("audit_log_object").on(t.organizationId, t.objectType, t.objectId),
  ],
);
