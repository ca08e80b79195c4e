import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import type { Run } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access";
import { beside, loadRun } from "./load";
import { BEGUN, toRun } from "./to-run";

export async function getRun(actor: Actor, input: { id: string }): Promise<Run> {
  const row = await loadRun(actor, input.id);
  const [found] = await getDb().select(beside).from(runs).where(eq(runs.id, row.id));
  return toRun(row, found ?? BEGUN);
}
