import { getDb, type Tx } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import { exports } from "@/lib/db/schema";
import { NEWEST_FILE_SCHEMA } from "@/lib/fields/file-schema";
import type { CreateExport, Export } from "@/lib/schemas/export";
import { type Actor, loadProject } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { processDependencies } from "@/lib/services/dependencies";
import { requireRoom } from "@/lib/services/quotas";
import { applyPending, noteRests } from "@/lib/services/schedules";
import { boundsOf } from "@/lib/windows";
import { auditedExport, exportObject } from "./audited";
import { checkConnection } from "./check-connection";
import { checkProfiles } from "./check-profiles";
import { describeExport } from "./describe";
import { startFirst } from "./first-run";
import type { KeyedExport } from "./key-place";
import { noteLeads } from "./note-leads";
import { byActor } from "./pausing";

/** Creates an export. Its schedule follows once Temporal responds. */
export async function createExport(actor: Actor, input: CreateExport & { projectId: string }): Promise<Export> {
  const project = await loadProject(actor, input.projectId);
  const now = await dbNow(getDb());
  const values = {
    ...input,
    organizationId: project.organizationId,
    fileSchema: NEWEST_FILE_SCHEMA,
    leadsNoted: true,
    ...boundsOf(input, now),
    pause: input.paused ? byActor(actor, now) : null,
    createdBy: actor.userId,
  };
  const row = await getDb().transaction((tx) => insertExport(tx, actor, values));
  // A one-time export has no schedule to start it.
  const isOnce = row.schedule.every === "once";
  await Promise.all([applyPending(processDependencies(), [row.id]), isOnce && startFirst(row.id, actor)]);
  return describeExport(row);
}

/** Checks and inserts an export with its related rows. */
export async function insertExport(tx: Tx, actor: Actor, values: typeof exports.$inferInsert & KeyedExport) {
  const place = await checkConnection(tx, actor, values);
  await checkProfiles(tx, values);
  // Checked last: from here on, the organization's other inserts wait.
  await requireRoom(tx, "exports", values.organizationId);
  const [inserted] = await tx.insert(exports).values(values).returning();
  const made = inserted!;
  await noteLeads(tx, new Map([[made.id, place]]));
  await recordAudit(tx, actor, { action: "export.create", ...exportObject(made), after: auditedExport(made) });
  await noteRests(tx, [made.id]);
  return made;
}
