import { and, eq, gte, lt } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { runs } from "@/lib/db/schema";
import type { Coverage } from "@/lib/schemas/run";
import type { Window } from "@/lib/windows";
import { coverage } from "./compute";

/** Returns the state of an export's consecutive windows, from the ledger alone. */
export async function loadCoverage(exported: ExportRow, windows: Window[], now: Date): Promise<Coverage[]> {
  const [first, last] = [windows[0], windows.at(-1)];
  if (!first || !last) return [];
  const found = await getDb()
    .select({
      id: runs.id,
      state: runs.state,
      intervalStart: runs.intervalStart,
      intervalEnd: runs.intervalEnd,
      rows: runs.rows,
      supersededBy: runs.supersededBy,
      createdAt: runs.createdAt,
    })
    .from(runs)
    .where(
      and(
        eq(runs.organizationId, exported.organizationId),
        eq(runs.exportId, exported.id),
        gte(runs.intervalStart, first.start),
        lt(runs.intervalStart, last.end),
      ),
    );
  return coverage(windows, found, now);
}
