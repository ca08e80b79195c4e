import { verifyConnection } from "@/lib/destinations/registry";
import { settingsSchema } from "@/lib/destinations/settings";
import type { VerifyResult } from "@/lib/fields/verification";
import type { TestConnection } from "@/lib/schemas/connection";
import { type Actor, loadProject } from "@/lib/services/access";
import { externalIdOf } from "./external-id";
import { splitConfig } from "./split";

/** Tests an unsaved connection and stores nothing. */
export async function testConnection(actor: Actor, input: TestConnection): Promise<VerifyResult> {
  if (input.projectId) await loadProject(actor, input.projectId);
  const { type, config, projectId: _, ...trial } = input;
  const parts = splitConfig(type, config);
  const externalId = await externalIdOf(actor.organizationId);
  // An export with only the settings that a test of this type takes.
  const asked = [{ model: null, destination: settingsSchema.parse({ type, ...trial }) }];
  const { ok, steps } = await verifyConnection(
    { type, ...parts, externalId, organizationId: actor.organizationId },
    asked,
  );
  return { ok, steps };
}
