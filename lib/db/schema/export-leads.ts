import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { exports } from "./exports";
import { organizations } from "./tenancy";

/** With what the keys of an export begin, and at which address: by that the exports are found that may write the same keys. */
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
    // Whatever collation the database has, what begins with a lead is found by it.
    index("export_leads_place").on(t.address, t.lead.op("text_pattern_ops")),
  ],
);

/** How many exports an organization has that are not deleted: triggers on `exports` keep it, whoever writes there. */
export const exportCounts = pgTable("export_counts", {
  organizationId: uuid("organization_id")
    .primaryKey()
    .references(() => organizations.id, { onDelete: "cascade" }),
  used: integer("used").notNull(),
});
