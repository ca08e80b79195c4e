import { verifyConnection } from "@/lib/destinations/registry";
import { type Settings, settingsSchema } from "@/lib/destinations/settings";
import type { VerifyResult } from "@/lib/fields/verification";
import type { TestConnection } from "@/lib/schemas/connection";
import { type Actor, loadProject } from "@/lib/services/access";
import { externalIdOf } from "./external-id";
import { splitConfig } from "./split";

/** Tries out a connection that is not saved, and keeps nothing of it. */
export async function testConnection(actor: Actor, input: TestConnection): Promise<VerifyResult> {
  if (input.projectId) await loadProject(actor, input.projectId);
  const { type } = input;
  const parts = splitConfig(type, input.config);
  const externalId = await externalIdOf(actor.organizationId);
  const asked = [{ model: null, destination: settingsOf(input) }];
  const { ok, steps } = await verifyConnection(
    { type, ...parts, externalId, organizationId: actor.organizationId },
    asked,
  );
  return { ok, steps };
}

/** An export with nothing chosen but what the connection's own test asks for. */
function settingsOf(input: TestConnection): Settings {
  if (input.type !== "s3") return settingsSchema.parse({ type: input.type });
  const { type, encryption, kmsKeyId } = input;
  return settingsSchema.parse({ type, encryption, kmsKeyId });
}
