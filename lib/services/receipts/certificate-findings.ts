import { and, eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { watchedRuns } from "@/lib/db/schema";
import type { DestinationOutcome, SourceOutcome } from "@/lib/fields/checks";
import type { Certificate } from "@/lib/schemas/receipt";
import type { Coverage } from "@/lib/schemas/run";

const MESSAGES: Partial<Record<Coverage["state"], string[]>> = {
  missing: ["No run has exported this window."],
  running: ["A run is exporting this window."],
  failed: ["The last run of this window failed."],
  cancelled: ["The last run of this window was canceled."],
  broken: ["The receipt of this window is no longer correct."],
};

/** Of checks that found something. docs/checks.md explains each. */
const AT_SOURCE: Partial<Record<SourceOutcome, string[]>> = {
  late: ["Rows arrived in the source after this window was committed."],
  shrunk: ["The source now has fewer rows in this window than its receipt says."],
  gone: ["The source no longer has any rows in this window."],
  changed: ["The source's rows in this window have changed since they were exported."],
};
const AT_DESTINATION: Partial<Record<DestinationOutcome, string[]>> = {
  changed: ["Data that the receipt of this window lists has changed at the destination."],
  missing: ["Data that the receipt of this window lists is missing at the destination."],
  extra: ["The destination has data in this window that its receipt doesn't list."],
  unreadable: ["Data that the receipt of this window lists can't be read at the destination."],
};

/**
 * What is not as it should be: what the last look at the source and the last one at the destination found of each window,
 * and otherwise its state.
 */
export async function findingsOf(exportId: string, windows: readonly Coverage[]): Promise<Certificate["findings"]> {
  const found = await foundOf(exportId, windows);
  return windows.flatMap(({ start, end, state, runId }) => {
    const messages = found.get(runId ?? "") ?? [];
    const all = messages.length > 0 ? messages : (MESSAGES[state] ?? []);
    return all.map((message) => ({ intervalStart: start, intervalEnd: end, message }));
  });
}

async function foundOf(exportId: string, windows: readonly Coverage[]): Promise<ReadonlyMap<string, string[]>> {
  const runIds = windows.flatMap(({ runId }) => runId ?? []);
  if (runIds.length === 0) return new Map();
  const { runId, sourceOutcome, destinationOutcome } = watchedRuns;
  const rows = await getDb()
    .select({ runId, sourceOutcome, destinationOutcome })
    .from(watchedRuns)
    .where(and(eq(watchedRuns.exportId, exportId), inArray(runId, runIds)));
  const messagesOf = (row: (typeof rows)[number]) => [
    ...((row.sourceOutcome && AT_SOURCE[row.sourceOutcome]) ?? []),
    ...((row.destinationOutcome && AT_DESTINATION[row.destinationOutcome]) ?? []),
  ];
  return new Map(rows.map((row) => [row.runId, messagesOf(row)]));
}
