import { verifyConnection } from "@/lib/destinations/registry";
import type { TestConnection, VerifyResult } from "@/lib/schemas/connection";
import { s3DestinationSchema } from "@/lib/schemas/destination";
import { loadProject } from "@/lib/services/auth/access";
import type { Actor } from "@/lib/services/auth/actor";
import { externalIdOf } from "./external-id";

/** Tries out a connection that is not saved, and keeps nothing of it. */
export async function testConnection(actor: Actor, input: TestConnection): Promise<VerifyResult> {
  if (input.projectId) await loadProject(actor, input.projectId);
  const { secretAccessKey, ...config } = input.config;
  const { type, encryption, kmsKeyId } = input;
  const settings = s3DestinationSchema.parse({ type, encryption, kmsKeyId });
  const externalId = await externalIdOf(actor.organizationId);
  return verifyConnection({ type, config, secret: { secretAccessKey }, externalId }, [settings]);
}
