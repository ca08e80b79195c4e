import { coverageQuery } from "@/lib/client/queries";
import type { Export } from "@/lib/schemas/export";
import { coverageSpan } from "./coverage-span";

/** The query of an export's recent windows; null for a one-time export. */
export function recentCoverageQuery({ id, schedule, activeRuns, lastSuccessAt }: Export, now: Date) {
  const span = coverageSpan(schedule.every, now);
  if (!span) return null;
  const query = coverageQuery(id, span.from.toISOString(), span.to.toISOString());
  // In the key, because a run that starts or ends changes coverage.
  return { ...query, queryKey: [...query.queryKey, `${activeRuns} ${lastSuccessAt}`], words: span.words };
}
