import { randomUUID } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import type { Connection, CreateConnection } from "@/lib/schemas/connection";
import { loadProject } from "@/lib/services/auth/access";
import type { Actor } from "@/lib/services/auth/actor";
import { sealConnectionSecret } from "./secrets";
import { describeConnection } from "./to-wire";

/** Saves a connection, its secret encrypted. */
export async function createConnection(
  actor: Actor,
  input: CreateConnection & { projectId: string },
): Promise<Connection> {
  const project = await loadProject(actor, input.projectId);
  const id = randomUUID();
  const { secretAccessKey, ...config } = input.config;
  const [row] = await getDb()
    .insert(connections)
    .values({
      id,
      organizationId: project.organizationId,
      projectId: project.id,
      type: input.type,
      name: input.name,
      automatic: input.automatic,
      config,
      secrets: sealConnectionSecret(id, { secretAccessKey }),
      createdBy: actor.userId,
    })
    .returning();
  return describeConnection(row!);
}
