import type { SourceTable } from "./types";

/** Identities found to belong to the same person. */
export const mergedIds: SourceTable = {
  table: "merged_ids",
  record: "MergedId",
  from: "merged_ids",
  id: "reinterpretAsUUID(sipHash128(scope, amplitude_id, merged_amplitude_id, merge_time))",
  eventColumn: null,
  propertyColumns: [],
  columns: [
    { name: "scope", kind: "int", unsigned: 32 },
    { name: "merge_time", kind: "time", sql: "toDateTime64(merge_time, 6, 'UTC')" },
    { name: "inserted_at", kind: "time" },
    { name: "amplitude_id", kind: "int" },
    { name: "merged_amplitude_id", kind: "int" },
  ],
};
