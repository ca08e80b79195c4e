import type { SourceTable } from "./types";

/** Events, with their properties and those of their person at the time. */
export const events: SourceTable = {
  table: "events",
  record: "Event",
  from: "events",
  id: "uuid",
  eventColumn: "event",
  propertyColumns: ["properties", "person_properties"],
  columns: [
    { name: "uuid", kind: "uuid" },
    { name: "event", kind: "string" },
    { name: "distinct_id", kind: "string" },
    { name: "person_id", kind: "uuid" },
    { name: "timestamp", kind: "time" },
    { name: "created_at", kind: "time" },
    { name: "inserted_at", kind: "time" },
    { name: "properties", kind: "json" },
    { name: "person_properties", kind: "json" },
    { name: "elements_chain", kind: "string" },
    { name: "ip", kind: "string" },
  ],
};
