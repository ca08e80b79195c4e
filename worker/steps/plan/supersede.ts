import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ObjectKeyRow, RunRow } from "@/lib/db/rows";
import { runs } from "@/lib/db/schema";
import { namesOneOf, sameWindow } from "@/lib/services/ledger";
import type { Draft } from "./draft-files";

/**
 * Marks receipts that the plan's first file makes untrue as superseded: its own window's, if the plan rewrites a key
 * that it names, and those of overlapping windows whose keys it has taken.
 */
export async function supersede(
  tx: Tx,
  run: RunRow,
  address: string,
  { drafts, taken }: { drafts: readonly Draft[]; taken: readonly ObjectKeyRow[] },
): Promise<void> {
  const rewritten = drafts.filter(({ reused }) => reused === null).map(({ key }) => key);
  const named = namesOneOf(sql`${sql.param(rewritten)}::text[]`);
  const starts = [...new Set(taken.map(({ intervalStart }) => intervalStart.getTime()))].map((time) => new Date(time));
  const overlapping = starts.length > 0 ? inArray(runs.intervalStart, starts) : undefined;
  await tx
    .update(runs)
    .set({ supersededBy: run.id })
    .where(
      and(
        eq(runs.exportId, run.exportId),
        eq(runs.state, "Completed"),
        isNull(runs.supersededBy),
        eq(runs.address, address),
        or(and(sameWindow(run), named), overlapping && and(overlapping, named)),
      ),
    );
}
