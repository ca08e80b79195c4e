import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { connections, exports, projects } from "@/lib/db/schema";
import { writingOf } from "@/lib/destinations/writing";
import { conflict } from "@/lib/errors";
import { meetingKey } from "@/lib/layouts/meeting";
import type { KeyLanguage } from "@/lib/layouts/types";
import type { ConnectionConfig } from "@/lib/schemas/connection";
import type { Actor } from "@/lib/services/auth/actor";
import { canonicalAddress } from "@/lib/services/connections/canonical-address";
import type { ExportRow } from "./load";

export type KeyedExport = Pick<ExportRow, "organizationId" | "projectId" | "model" | "destination"> & { id?: string };

/**
 * Refuses an export that could write a key of another one in the same storage, in any organization: each would overwrite the other's
 * objects.
 */
export async function checkKeys(
  tx: Tx,
  actor: Actor,
  row: KeyedExport,
  { config }: { config: ConnectionConfig },
): Promise<void> {
  const mine = await keysOf(tx, row);
  if (!mine) return;
  const address = canonicalAddress({ type: row.destination.type, config });
  // Two that are saved at once take turns, or neither would see the other.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${address}, 0))`);
  for (const other of await writersTo(tx, row, config, address)) {
    const theirs = writingOf(other.destination).keys(other);
    const key = theirs && meetingKey(mine, theirs);
    if (key) throw taken(actor, other, key);
  }
}

async function keysOf(tx: Tx, { projectId, model, destination }: KeyedExport): Promise<KeyLanguage | null> {
  const [project] = await tx
    .select({ sourceProjectId: projects.sourceProjectId })
    .from(projects)
    .where(eq(projects.id, projectId));
  return writingOf(destination).keys({ model, destination, sourceProjectId: project!.sourceProjectId });
}

/** The other exports of the installation that write to an address. */
async function writersTo(tx: Tx, { id, destination }: KeyedExport, config: ConnectionConfig, address: string) {
  const rows = await tx
    .select({
      id: exports.id,
      name: exports.name,
      organizationId: exports.organizationId,
      projectId: exports.projectId,
      model: exports.model,
      destination: exports.destination,
      sourceProjectId: projects.sourceProjectId,
      config: connections.config,
    })
    .from(exports)
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .innerJoin(projects, eq(projects.id, exports.projectId))
    .where(
      and(
        isNull(exports.deletedAt),
        eq(connections.type, destination.type),
        // Narrows what the spelling of an address decides in the end.
        "bucket" in config ? eq(sql`${connections.config} ->> 'bucket'`, config.bucket) : undefined,
        id === undefined ? undefined : ne(exports.id, id),
      ),
    );
  return rows.filter((row) => canonicalAddress({ type: row.destination.type, config: row.config }) === address);
}

type Writer = Awaited<ReturnType<typeof writersTo>>[number];

function taken(actor: Actor, { id, name, organizationId, projectId }: Writer, key: string) {
  const isSeen = organizationId === actor.organizationId && actor.projectIds.includes(projectId);
  const who = isSeen ? `“${name}”` : "Another export";
  return conflict(
    "prefix_taken",
    `${who} writes the same keys into this bucket, such as ${key}, so each would overwrite the other's files: choose another prefix.`,
    isSeen ? [{ path: `exports.${id}`, message: name }] : undefined,
  );
}
