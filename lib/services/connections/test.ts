import { verifyConnection } from "@/lib/destinations/registry";
import { settingsSchema } from "@/lib/destinations/settings";
import type { VerifyResult } from "@/lib/fields/verification";
import type { TestConnection } from "@/lib/schemas/connection";
import { type Actor, loadProject } from "@/lib/services/access";
import { externalIdOf } from "./external-id";
import { splitConfig } from "./split";

/** Tries out a connection that is not saved, and keeps nothing of it. */
export async function testConnection(actor: Actor, input: TestConnection): Promise<VerifyResult> {
  if (input.projectId) await loadProject(actor, input.projectId);
  const { type, config, projectId: _, ...trial } = input;
  const parts = splitConfig(type, config);
  const externalId = await externalIdOf(actor.organizationId);
  // An export with nothing chosen but what the test of this type asks for.
  const asked = [{ model: null, destination: settingsSchema.parse({ type, ...trial }) }];
  const { ok, steps } = await verifyConnection(
    { type, ...parts, externalId, organizationId: actor.organizationId },
    asked,
  );
  return { ok, steps };
}
