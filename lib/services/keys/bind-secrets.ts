import type { Db } from "@/lib/db/client";
import { getLogger } from "@/lib/services/logger";
import { rotateStored } from "./rotate-stored";
import { CONNECTION_SECRETS } from "./sealed-columns";

/**
 * Binds connection secrets sealed by an earlier version to where they are sent. Secrets that can't be opened stay as
 * they are; their connections ask for them again.
 */
export async function bindSecrets(db: Db): Promise<void> {
  const { resealed, failures } = await rotateStored(db, CONNECTION_SECRETS, "form");
  if (resealed > 0) getLogger().info({ count: resealed }, "Stored secrets are now bound to their addresses.");
  for (const { id, reason } of failures)
    getLogger().warn({ connectionId: id, reason }, "A stored secret can't be decrypted.");
}
