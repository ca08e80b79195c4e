import { randomUUID } from "node:crypto";
import type { RunTag } from "@/lib/destinations/types";

/** What a run states about itself to its destination; nobody started this one. */
export const runTag = (requestId: string): RunTag => ({
  id: randomUUID(),
  requestId,
  exportId: randomUUID(),
  sourceProjectId: 1,
  window: { start: new Date("2026-03-29T00:00:00Z"), end: new Date("2026-03-29T01:00:00Z") },
  exportedAt: new Date("2026-03-29T01:00:01Z"),
  fence: 1,
});
