import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import type { Dependencies } from "@/lib/services/dependencies";
import { endRun } from "@/lib/services/ledger";
import { getLogger, loggable } from "@/lib/services/logger";
import { commitRun } from "../commit/commit-run";

/** In ms: an unresponsive destination must not keep the run from ending. */
const PATIENCE = 20_000;

/**
 * Ends a run. If its manifest was sent but not confirmed, the destination may have committed it, so it is committed
 * here too, however late the request to end it came. Returns the alert, if any.
 */
export async function settleRun(
  deps: Dependencies,
  runId: string,
  state: "Failed" | "Cancelled",
  error: Failure | null,
): Promise<string | null> {
  if (await mayBeCommitted(deps.db, runId)) {
    try {
      return await Promise.race([commitRun(deps, runId, AbortSignal.timeout(PATIENCE)), tooLong()]);
    } catch (failure) {
      getLogger().warn({ runId, error: loggable(failure) }, "A run ends although its manifest might have been stored.");
    }
  }
  return endRun(deps, runId, state, error);
}

async function mayBeCommitted(db: Db, runId: string): Promise<boolean> {
  const sent = sql`${runs.manifest} is not null and ${runs.manifest}->>'etag' is null`;
  const [row] = await db
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.id, runId), eq(runs.state, "Running"), sent));
  return row !== undefined;
}

const tooLong = () =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("The destination didn't respond in time.")), PATIENCE).unref();
  });
