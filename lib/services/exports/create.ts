import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import type { CreateExport, Export } from "@/lib/schemas/export";
import { recordAudit } from "@/lib/services/audit/record";
import { loadProject } from "@/lib/services/auth/access";
import type { Actor } from "@/lib/services/auth/actor";
import { auditedExport, exportObject } from "./audited";
import { checkConnection } from "./check-connection";
import { describeExport } from "./describe";
import { byPerson } from "./pausing";
import { applySchedule } from "./schedule";

/** Makes an export and its schedule: both or none. */
export async function createExport(actor: Actor, input: CreateExport & { projectId: string }): Promise<Export> {
  const project = await loadProject(actor, input.projectId);
  const values = {
    ...input,
    organizationId: project.organizationId,
    startAt: input.startAt === null ? null : new Date(input.startAt),
    endAt: input.endAt === null ? null : new Date(input.endAt),
    pause: input.paused ? byPerson(new Date()) : null,
    createdBy: actor.userId,
  };
  const row = await getDb().transaction(async (tx) => {
    await checkConnection(tx, values);
    const [inserted] = await tx.insert(exports).values(values).returning();
    const made = inserted!;
    await recordAudit(tx, actor, { action: "export.create", ...exportObject(made), after: auditedExport(made) });
    await applySchedule(made, tx);
    return made;
  });
  return describeExport(row);
}
