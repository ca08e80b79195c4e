import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";

/** The id of the run created for a workflow. */
export async function runOfWorkflow(workflowId: string): Promise<string | undefined> {
  const [run] = await getDb().select({ id: runs.id }).from(runs).where(eq(runs.workflowId, workflowId));
  return run?.id;
}
