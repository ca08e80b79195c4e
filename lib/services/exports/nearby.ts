import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { connections, exports, projects } from "@/lib/db/schema";
import { beginningsOf, rangesBelow } from "@/lib/rows/layouts/lead-ranges";
import type { KeyPlace } from "./key-place";

/** Exports loaded per batch. */
const BATCH = 500;

/**
 * SQL: the ids of all exports whose keys may begin like a place's, because one lead is a prefix of the other. Includes
 * all exports whose leads are not stored yet.
 */
export function nearbyIds({ address, leads }: KeyPlace): SQL {
  const above = [...new Set(leads.flatMap(({ text }) => beginningsOf(text)))];
  const below = leads
    .flatMap(rangesBelow)
    .map(({ from, to }) => sql`(l.address = ${address} and l.lead ~>=~ ${from} and l.lead ~<~ ${to})`);
  const isNear = [sql`(l.address = ${address} and l.lead = any(${sql.param(above)}::text[]))`, ...below];
  return sql`
    select l.export_id as id from export_leads l where ${sql.join(isNear, sql` or `)}
    union
    select e.id from exports e where not e.leads_noted and e.deleted_at is null`;
}

/** Yields the other exports whose keys may begin like a place's, in batches. */
export async function* nearby(tx: Tx, place: KeyPlace, exceptId?: string): AsyncGenerator<Neighbor[]> {
  const { rows } = await tx.execute<{ id: string }>(nearbyIds(place));
  const ids = rows.map(({ id }) => id).filter((id) => id !== exceptId);
  for (let at = 0; at < ids.length; at += BATCH) yield await neighbors(tx, ids.slice(at, at + BATCH));
}

type Neighbor = Awaited<ReturnType<typeof neighbors>>[number];

const neighbors = (tx: Tx, ids: string[]) =>
  tx
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
    .where(and(isNull(exports.deletedAt), inArray(exports.id, ids)));
