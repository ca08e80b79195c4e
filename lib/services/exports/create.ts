import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import type { CreateExport, Export } from "@/lib/schemas/export";
import { recordAudit } from "@/lib/services/audit/record";
import { loadProject } from "@/lib/services/auth/access";
import type { Actor } from "@/lib/services/auth/actor";
import { auditedExport, exportObject } from "./audited";
import { boundsOf } from "./bounds";
import { checkConnection } from "./check-connection";
import { checkProfiles } from "./check-profiles";
import { describeExport } from "./describe";
import { startFirst } from "./first-run";
import { byPerson } from "./pausing";
import { applySchedule } from "./schedule";

/** Makes an export and its schedule: both or none. */
export async function createExport(actor: Actor, input: CreateExport & { projectId: string }): Promise<Export> {
  const project = await loadProject(actor, input.projectId);
  const values = {
    ...input,
    organizationId: project.organizationId,
    ...boundsOf(input, new Date()),
    pause: input.paused ? byPerson(new Date()) : null,
    createdBy: actor.userId,
  };
  const row = await getDb().transaction(async (tx) => {
    await checkConnection(tx, actor, values);
    await checkProfiles(tx, values);
    const [inserted] = await tx.insert(exports).values(values).returning();
    const made = inserted!;
    await recordAudit(tx, actor, { action: "export.create", ...exportObject(made), after: auditedExport(made) });
    await applySchedule(made, tx);
    return made;
  });
  // What runs once has no schedule that would begin it.
  if (row.schedule.every === "once") await startFirst(row.id, actor);
  return describeExport(row);
}
