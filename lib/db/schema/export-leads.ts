import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { exports } from "./exports";
import { organizations } from "./tenancy";

/** The prefix and address of an export's keys, to find the exports that may write the same keys. */
export const exportLeads = pgTable(
  "export_leads",
  {
    exportId: uuid("export_id")
      .notNull()
      .references(() => exports.id, { onDelete: "cascade" }),
    address: text("address").notNull(),
    lead: text("lead").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.exportId, t.lead] }),
    // Finds what begins with a lead, whatever the database's collation.
    index("export_leads_place").on(t.address, t.lead.op("text_pattern_ops")),
  ],
);

/** An organization's exports, deleted ones excluded. Triggers on `exports` maintain the count, no matter who writes. */
export const exportCounts = pgTable("export_counts", {
  organizationId: uuid("organization_id")
    .primaryKey()
    .references(() => organizations.id, { onDelete: "cascade" }),
  used: integer("used").notNull(),
});
