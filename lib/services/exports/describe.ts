import { and, eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { connections } from "@/lib/db/schema";
import { locationOf } from "@/lib/destinations/connection";
import type { Export } from "@/lib/schemas/export";
import { namesOf } from "@/lib/services/people";
import { recentRuns } from "./recent-runs";
import { toExport } from "./to-export";
import { exportTotals } from "./totals";

/** Converts one organization's exports to API form. Takes four queries, however many rows. */
export async function describeExports(rows: ExportRow[]): Promise<Export[]> {
  const [first] = rows;
  if (!first) return [];
  const ids = rows.map((row) => row.id);
  const [found, recent, totals, people] = await Promise.all([
    getDb()
      .select()
      .from(connections)
      .where(
        and(
          eq(connections.organizationId, first.organizationId),
          inArray(connections.id, [...new Set(rows.map((row) => row.connectionId))]),
        ),
      ),
    recentRuns(ids),
    exportTotals(ids),
    namesOf(rows.flatMap((row) => [row.createdBy, row.pause?.userId ?? null])),
  ]);
  const byId = new Map(found.map((row) => [row.id, { ...row, place: locationOf(row) }]));
  const now = new Date();
  return rows.map((row) =>
    toExport(row, {
      connection: byId.get(row.connectionId)!,
      people,
      recentRuns: recent.get(row.id) ?? [],
      totals: totals.get(row.id),
      now,
    }),
  );
}

export async function describeExport(row: ExportRow): Promise<Export> {
  const [described] = await describeExports([row]);
  return described!;
}
