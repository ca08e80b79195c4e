import { and, eq, ne, or } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import type { RunRow } from "./load";

/** The keys that earlier plans of this very window wrote, or may have written, and that the present plan lacks. */
export async function staleKeys(run: RunRow, current: ReadonlySet<string>): Promise<string[]> {
  const rows = await getDb()
    .selectDistinct({ key: runFiles.key })
    .from(runFiles)
    .innerJoin(runs, eq(runs.id, runFiles.runId))
    .where(
      and(
        eq(runs.organizationId, run.organizationId),
        eq(runs.exportId, run.exportId),
        eq(runs.intervalStart, run.intervalStart),
        eq(runs.intervalEnd, run.intervalEnd),
        ne(runFiles.state, "Pending"),
        or(ne(runs.id, run.id), ne(runFiles.planVersion, run.planVersion)),
      ),
    );
  return rows.map(({ key }) => key).filter((key) => !current.has(key));
}
