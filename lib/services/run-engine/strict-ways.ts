import { eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles } from "@/lib/db/schema";
import { ExportError } from "@/lib/errors";
import { hasPlainWays, type Written } from "@/lib/source/encode";
import type { Strictness } from "@/lib/source/strict";
import type { LoadedRun } from "./load";

/**
 * A query that fails while rows are on their way says no more than that its answer broke off. ClickHouse may also look at rows beside the
 * file's; whatever it was, a source that is really out of reach fails the second query as well.
 */
export const mayBeStrictness = (error: unknown) =>
  error instanceof ExportError && error.failure.retryable && error.failure.code.startsWith("source_");

/** The strict queries worth trying for a file: one that fails at one of them is rarely the only one of its run. */
export async function strictWays({ run }: LoadedRun, { encoding }: Written): Promise<Strictness[]> {
  const [found] = await getDb()
    .select({
      replaced: sql<boolean>`coalesce(bool_or(jsonb_array_length(${runFiles.replaced}->'values') > 0), false)`,
      exact: sql<boolean>`coalesce(bool_or(${runFiles.replaced}->'exact' is not null), false)`,
    })
    .from(runFiles)
    .where(eq(runFiles.runId, run.id));
  if (found?.replaced) return [];
  return found?.exact || !hasPlainWays(encoding) ? ["exact"] : ["plain", "exact"];
}
