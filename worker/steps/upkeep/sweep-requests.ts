import { and, eq, sql } from "drizzle-orm";
import { checkRequests } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import { endRequest } from "@/lib/services/checks";
import type { Dependencies } from "@/lib/services/dependencies";
import { checkWorkflowId } from "@/lib/temporal/contract";
import { startCheck, stateOf } from "@/lib/temporal/start";

const lost: Failure = {
  code: "workflow_lost",
  message: "The workflow of these checks ended without a result. It was terminated, or Temporal lost it.",
  fix: "Start the checks again.",
  retryable: false,
};

/** Ends requests for checks that no workflow works on, and starts those that never began. Returns how many it ended. */
export async function sweepRequests({ db, temporal }: Dependencies): Promise<number> {
  const found = await db
    .select({
      id: checkRequests.id,
      organizationId: checkRequests.organizationId,
      // An older one is not started anymore: Temporal may have forgotten that its workflow ended.
      isYoung: sql<boolean>`${checkRequests.createdAt} > now() - interval '1 day'`,
    })
    .from(checkRequests)
    .where(and(eq(checkRequests.state, "Running"), sql`${checkRequests.createdAt} < now() - interval '1 minute'`));
  let ended = 0;
  for (const { id, organizationId, isYoung } of found) {
    const state = await stateOf(temporal, checkWorkflowId(id));
    if (state === "open") continue;
    if (state === "unknown" && isYoung) await startCheck(temporal, id, organizationId);
    else {
      await endRequest(db, id, lost);
      ended += 1;
    }
  }
  return ended;
}
