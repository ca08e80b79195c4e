import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { checkCounters } from "@/lib/db/schema";
import type { Finding } from "./finding";

/** Adds checks to the counters that metrics show. */
export async function countChecks(tx: Tx, findings: readonly Finding[]): Promise<void> {
  const groups = Map.groupBy(findings, ({ kind, outcome }) => `${kind} ${outcome}`);
  // In one order, so that concurrent rounds wait for each other instead of deadlocking.
  const values = [...groups.keys()].toSorted().flatMap((name) => {
    const group = groups.get(name)!;
    return group[0] ? [{ kind: group[0].kind, outcome: group[0].outcome, checks: group.length }] : [];
  });
  if (values.length === 0) return;
  await tx
    .insert(checkCounters)
    .values(values)
    .onConflictDoUpdate({
      target: [checkCounters.kind, checkCounters.outcome],
      set: { checks: sql`${checkCounters.checks} + excluded.checks` },
    });
}
