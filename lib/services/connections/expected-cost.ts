import type { ConnectionRow } from "@/lib/db/rows";
import type { ConnectionSecret } from "@/lib/destinations/connection";
import { expectedCost } from "@/lib/destinations/registry";
import type { Expected } from "@/lib/destinations/types";
import { AppError, invalidField } from "@/lib/errors";
import type { Cost } from "@/lib/fields/cost";
import { may } from "@/lib/permissions";
import type { PreviewExport } from "@/lib/schemas/export";
import type { Actor } from "@/lib/services/access";
import { externalIdOf } from "./external-id";
import { loadConnection } from "./load";
import { openConnectionSecret } from "./secrets";

/** Time limit in ms: a warehouse that doesn't answer must not delay the rest of a preview for long. */
const LIMIT = 5_000;

const foreign = () => invalidField("connectionId", "This connection isn't in this project.");

/** Null if the server's keys no longer open it, which verifying says. */
function secretOf(row: ConnectionRow): ConnectionSecret | null {
  try {
    return openConnectionSecret(row);
  } catch {
    return null;
  }
}

/**
 * What a previewed export's warehouse is expected to bill for its runs. Asks the warehouse, with the connection's own
 * credentials: only for actors who could make the export, and only where a verification has been before.
 */
export async function expectedCostOf(
  actor: Actor,
  { projectId, connectionId, model, destination }: PreviewExport & { projectId: string },
  expected: Expected,
  asked: AbortSignal,
): Promise<Cost | null> {
  if (connectionId === null || !may(actor, "exports.manage")) return null;
  const row = await loadConnection(actor, connectionId).catch((error) => {
    throw error instanceof AppError ? foreign() : error;
  });
  if (row.projectId !== projectId) throw foreign();
  const { type, config, organizationId } = row;
  if (type !== destination.type || row.verifiedAt === null) return null;
  const secret = secretOf(row);
  if (secret === null) return null;
  const connection = { type, config, secret, externalId: await externalIdOf(organizationId), organizationId };
  const signal = AbortSignal.any([asked, AbortSignal.timeout(LIMIT)]);
  return expectedCost(connection, { model, destination }, expected, signal);
}
