import type { Model } from "./types";

export const events: Model = {
  table: "events",
  eventColumn: "event",
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
