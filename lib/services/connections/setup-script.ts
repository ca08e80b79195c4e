import { setupScript } from "@/lib/destinations/registry";
import type { SetupScript, SetupScriptRequest } from "@/lib/schemas/policy";
import type { Actor } from "@/lib/services/access";

/**
 * Makes the script that grants Penstock the privileges it needs in a warehouse, and no more. Reads no tenant's data.
 */
export const makeSetupScript = async (_: Actor, { type, config }: SetupScriptRequest): Promise<SetupScript> => ({
  script: setupScript(type, config) ?? "",
});
