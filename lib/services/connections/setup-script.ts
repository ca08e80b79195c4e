import { setupScript } from "@/lib/destinations/registry";
import type { SetupScript, SetupScriptRequest } from "@/lib/schemas/policy";
import type { Actor } from "@/lib/services/access";

/** What to paste into a warehouse so that Penstock may do what it needs there, and no more. It is of nobody's data. */
export const makeSetupScript = async (_: Actor, { type, config }: SetupScriptRequest): Promise<SetupScript> => ({
  script: setupScript(type, config) ?? "",
});
