import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";

/** The id of the run created for a workflow. */
export async function runOfWorkflow(db: Tx, workflowId: string): Promise<string | undefined> {
  const [run] = await db.select({ id: runs.id }).from(runs).where(eq(runs.workflowId, workflowId));
  return run?.id;
}
