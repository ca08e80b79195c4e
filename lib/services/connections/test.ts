import { verifyConnection } from "@/lib/destinations/registry";
import type { TestConnection, VerifyResult } from "@/lib/schemas/connection";
import { loadProject } from "@/lib/services/auth/access";
import type { Actor } from "@/lib/services/auth/actor";

/** Tries out a connection that is not saved, and keeps nothing of it. */
export async function testConnection(actor: Actor, input: TestConnection): Promise<VerifyResult> {
  if (input.projectId) await loadProject(actor, input.projectId);
  const { secretAccessKey, ...config } = input.config;
  return verifyConnection({ type: input.type, config, secret: { secretAccessKey } });
}
