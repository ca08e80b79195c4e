import { and, eq, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import type { ConnectionRow } from "@/lib/db/rows";
import { connections } from "@/lib/db/schema";
import { defined } from "@/lib/defined";
import { destinations } from "@/lib/destinations/catalog";
import type { Connection, PatchConnection } from "@/lib/schemas/connection";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { processDependencies } from "@/lib/services/dependencies";
import { requireVersion } from "@/lib/services/edit-conflict";
import { applyPending, blockedBy, gateChanged } from "@/lib/services/schedules";
import { audited } from "./audited";
import { checkConfig } from "./check-config";
import { checkExports } from "./check-exports";
import { getConnection } from "./get";
import { loadConnection } from "./load";
import { type Merged, mergeConnection } from "./merge";
import { openConnectionSecret, sealConnectionSecret } from "./secrets";

/**
 * Changes a connection. A changed configuration or secret makes it unverified, and its exports wait. Switching it off
 * stops only their schedules.
 */
export async function patchConnection(actor: Actor, input: PatchConnection & { id: string }): Promise<Connection> {
  const before = await loadConnection(actor, input.id);
  // Checked before locking the row: DNS resolution may be slow.
  if (input.config) await checkConfig(before.type, merge(before, input).config, actor.organizationId);
  const changed = await getDb().transaction(async (tx) => {
    const row = await loadConnection(actor, input.id, { tx, lock: true });
    requireVersion(input.ifUpdatedAt, versionOf(row, input));
    const merged = merge(row, input);
    if (merged.moved) await checkExports(tx, actor, { ...row, config: merged.config });
    const next = await save(tx, row, input, merged);
    const { id, projectId, name } = next;
    const change = { before: audited(row), after: audited(next) };
    await recordAudit(tx, actor, { action: "connection.update", object: { id, name }, projectId, ...change });
    return blockedBy(row) === blockedBy(next) ? [] : gateChanged(tx, next);
  });
  await applyPending(processDependencies(), changed);
  return getConnection(actor, input);
}

const merge = (row: ConnectionRow, { config = {} }: PatchConnection): Merged =>
  mergeConnection(
    { type: row.type, config: row.config, hasSecret: row.secrets !== "", openSecret: () => openConnectionSecret(row) },
    config,
  );

/** Secrets are not compared: whether one is right is nobody's to find out. */
function versionOf(row: ConnectionRow, { name, automatic, config = {} }: PatchConnection) {
  const secrets = Object.keys(destinations[row.type].secret.shape);
  const open = Object.entries(config).filter(([field]) => !secrets.includes(field));
  const under = (fields: [string, unknown][]) =>
    Object.fromEntries(fields.map(([key, value]) => [`config.${key}`, value]));
  return {
    what: "connection" as const,
    updatedAt: row.updatedAt,
    given: { ...defined({ name, automatic }), ...under(open) },
    stored: { name: row.name, automatic: row.automatic, ...under(Object.entries(row.config)) },
  };
}

/** Results for other settings say nothing about these. */
const UNVERIFIED = { verifiedAt: null, lastVerifiedAt: null, lastVerification: null, capabilities: null };

async function save(tx: Tx, row: ConnectionRow, input: PatchConnection, merged: Merged): Promise<ConnectionRow> {
  const { config, secret, moved } = merged;
  const [next] = await tx
    .update(connections)
    .set({
      name: input.name ?? row.name,
      automatic: input.automatic ?? row.automatic,
      config,
      secrets: secret === undefined ? row.secrets : sealConnectionSecret({ ...row, config }, secret),
      ...(moved && { version: row.version + 1, ...UNVERIFIED }),
      updatedAt: sql`now()`,
    })
    .where(and(eq(connections.id, row.id), eq(connections.organizationId, row.organizationId)))
    .returning();
  return next!;
}
