import { sql } from "drizzle-orm";
import { bigint, index, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { user } from "./auth";

const now = (name: string) => timestamp(name, { withTimezone: true }).notNull().defaultNow();

export const organizations = pgTable("organizations", {
  id: uuid("id").primaryKey().defaultRandom(),
  name: text("name").notNull(),
  /** External id that this organization's AWS roles require, so that others can't use them through Penstock. */
  externalId: uuid("external_id").notNull().defaultRandom(),
  createdAt: now("created_at"),
});

export const members = pgTable(
  "members",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    role: text("role", { enum: ["owner", "admin", "member", "viewer"] }).notNull(),
    createdAt: now("created_at"),
  },
  (t) => [uniqueIndex("members_organization_user").on(t.organizationId, t.userId), index("members_user").on(t.userId)],
);

export const projects = pgTable(
  "projects",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** ClickHouse's project_id (UInt32). */
    sourceProjectId: bigint("source_project_id", { mode: "number" }).notNull(),
    /** Salt for hashed columns, in an AES-256-GCM envelope bound to this row's id; empty until needed. */
    hashSalt: text("hash_salt").notNull().default(""),
    createdAt: now("created_at"),
  },
  // Each source project belongs to one project here; otherwise a second organization could read it.
  (t) => [index("projects_organization").on(t.organizationId), uniqueIndex("projects_source").on(t.sourceProjectId)],
);

/** An invitation to an organization. Only the SHA-256 of its link's token is stored. */
export const invitations = pgTable(
  "invitations",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    organizationId: uuid("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    email: text("email").notNull(),
    role: text("role", { enum: ["owner", "admin", "member", "viewer"] }).notNull(),
    hash: text("hash").notNull().unique(),
    invitedBy: text("invited_by").references(() => user.id, { onDelete: "set null" }),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    acceptedAt: timestamp("accepted_at", { withTimezone: true }),
    createdAt: now("created_at"),
  },
  (t) => [
    // One open invitation per address: a new one replaces it.
    uniqueIndex("invitations_open").on(t.organizationId, t.email).where(sql`accepted_at is null`),
  ],
);

/** The organization and project of a row: in every tenant's table, and in every query. */
export const tenant = {
  organizationId: uuid("organization_id")
    .notNull()
    .references(() => organizations.id, { onDelete: "cascade" }),
  projectId: uuid("project_id")
    .notNull()
    .references(() => projects.id, { onDelete: "cascade" }),
};

export const apiKeys = pgTable(
  "api_keys",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...tenant,
    name: text("name").notNull(),
    /** The first characters, to distinguish keys. Only the SHA-256 of the key is stored. */
    prefix: text("prefix").notNull(),
    hash: text("hash").notNull().unique(),
    scopes: text("scopes").array().notNull().default(sql`'{read,write}'`),
    /** The creator's role: a key may do no more than its creator could. */
    role: text("role", { enum: ["owner", "admin", "member", "viewer"] })
      .notNull()
      .default("owner"),
    createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
    expiresAt: timestamp("expires_at", { withTimezone: true }),
    lastUsedAt: timestamp("last_used_at", { withTimezone: true }),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
    createdAt: now("created_at"),
  },
  (t) => [
    index("api_keys_project").on(t.projectId),
    index("api_keys_organization").on(t.organizationId).where(sql`revoked_at is null`),
  ],
);
