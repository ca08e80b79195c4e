import { and, desc, eq, gt, inArray, ne, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { alerts } from "@/lib/db/schema";
import { HISTORIC } from "./facts";

/**
 * Whether a cause was told of an export within the last 24 hours. Ask while the export's row is held: two runs that end at
 * once must not both find that it was not.
 */
export async function wasTold(tx: Tx, exportId: string, cause: string): Promise<boolean> {
  const [found] = await tx
    .select({ id: alerts.id })
    .from(alerts)
    .where(
      and(
        eq(alerts.exportId, exportId),
        inArray(alerts.kind, ["failed", "paused"]),
        eq(alerts.cause, cause),
        gt(alerts.createdAt, sql`now() - interval '24 hours'`),
      ),
    )
    .limit(1);
  return found !== undefined;
}

/** The cause of what was told last of an export if that was a failure: it has yet to be told that it works again. */
export async function openCause(tx: Tx, exportId: string): Promise<string | null> {
  const [newest] = await tx
    .select({ kind: alerts.kind, cause: alerts.cause })
    .from(alerts)
    // That scheduled windows work says nothing about those of a historic export.
    .where(and(eq(alerts.exportId, exportId), ne(alerts.cause, HISTORIC)))
    .orderBy(desc(alerts.createdAt))
    .limit(1);
  return newest && newest.kind !== "recovered" ? newest.cause : null;
}
