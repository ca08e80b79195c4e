import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { checkRequests } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";

/** Ends a running request for checks: Failed with an error, otherwise Completed. */
export async function endRequest(db: Tx, id: string, error: Failure | null): Promise<void> {
  await db
    .update(checkRequests)
    .set({ state: error ? "Failed" : "Completed", error, finishedAt: sql`now()` })
    .where(and(eq(checkRequests.id, id), eq(checkRequests.state, "Running")));
}
