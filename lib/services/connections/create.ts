import { randomUUID } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import type { Connection, CreateConnection } from "@/lib/schemas/connection";
import { type Actor, loadProject } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { requireRoom } from "@/lib/services/quotas";
import { audited } from "./audited";
import { checkConfig } from "./check-config";
import { describeConnection } from "./describe";
import { sealConnectionSecret } from "./secrets";
import { splitConfig } from "./split";

/** Saves a connection; encrypts its secret. */
export async function createConnection(
  actor: Actor,
  input: CreateConnection & { projectId: string },
): Promise<Connection> {
  const project = await loadProject(actor, input.projectId);
  const id = randomUUID();
  const { config, secret } = splitConfig(input.type, input.config);
  await checkConfig(input.type, config, project.organizationId);
  const values = {
    id,
    organizationId: project.organizationId,
    projectId: project.id,
    type: input.type,
    name: input.name,
    automatic: input.automatic,
    config,
    secrets: sealConnectionSecret({ id, type: input.type, config }, secret),
    createdBy: actor.userId,
  };
  const row = await getDb().transaction(async (tx) => {
    await requireRoom(tx, "connections", project.organizationId);
    const [inserted] = await tx.insert(connections).values(values).returning();
    const { projectId, name } = inserted!;
    const after = audited(inserted!);
    await recordAudit(tx, actor, { action: "connection.create", object: { id, name }, projectId, after });
    return inserted!;
  });
  return describeConnection(row);
}
