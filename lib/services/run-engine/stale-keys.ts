import { and, eq, ne, or } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import { writingOf } from "@/lib/destinations/writing";
import { keyedOf, type LoadedRun, type RunRow } from "./load";

const sameWindow = (run: RunRow) =>
  and(
    eq(runs.organizationId, run.organizationId),
    eq(runs.exportId, run.exportId),
    eq(runs.intervalStart, run.intervalStart),
    eq(runs.intervalEnd, run.intervalEnd),
  );

/** The keys that earlier plans of this very window wrote, or may have written, and that the present plan lacks. */
async function staleFiles(run: RunRow, current: ReadonlySet<string>): Promise<string[]> {
  const rows = await getDb()
    .selectDistinct({ key: runFiles.key })
    .from(runFiles)
    .innerJoin(runs, eq(runs.id, runFiles.runId))
    .where(
      and(
        sameWindow(run),
        ne(runFiles.state, "Pending"),
        or(ne(runs.id, run.id), ne(runFiles.planVersion, run.planVersion)),
      ),
    );
  return rows.map(({ key }) => key).filter((key) => !current.has(key));
}

/** The manifests of earlier runs of this window that lie elsewhere, by their request id or by settings changed since. */
function staleManifests(loaded: LoadedRun, earlier: readonly RunRow[], current: string): string[] {
  const keys = earlier
    .filter(({ receipt }) => receipt !== null)
    .map((other) => manifestOf({ ...loaded, run: other, spec: { ...loaded.spec, ...other.spec } }));
  return [...new Set(keys)].filter((key) => key !== null && key !== current) as string[];
}

const manifestOf = (loaded: LoadedRun) => writingOf(loaded.spec.destination).manifestKey(keyedOf(loaded));

/** All that earlier plans and runs of a window left at its destination and that it no longer has; manifests come first. */
export async function staleKeys(loaded: LoadedRun, files: string[], manifestKey: string | null): Promise<string[]> {
  // What a warehouse took in is rows by now.
  if (manifestKey === null) return [];
  const { run } = loaded;
  const earlier = await getDb()
    .select()
    .from(runs)
    .where(and(sameWindow(run), ne(runs.id, run.id)));
  // Most windows are exported once, by one plan.
  if (earlier.length === 0 && run.planVersion === 1) return [];
  return [...staleManifests(loaded, earlier, manifestKey), ...(await staleFiles(run, new Set(files)))];
}
