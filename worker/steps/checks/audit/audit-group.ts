import type { Db } from "@/lib/db/client";
import type { OpenDestination } from "@/lib/destinations/types";
import { ExportError } from "@/lib/errors";
import { auditObjects } from "./audit-objects";
import { auditTables } from "./audit-tables";
import { type Audited, unknownBecause } from "./audited";
import { type Asked, conclude, type Facts, type Found, noFacts } from "./facts";
import { withPlace } from "./open-place";
import { type Present, placeOf } from "./place";
import type { Reading } from "./reading";

export type { Found } from "./facts";

interface Looking extends Asked {
  present: Present;
  reading: Reading;
  signal: AbortSignal;
}

/** Runs that wrote to one place with one spec: one client and one listing serve them all. */
export function groupsOf(audited: readonly Audited[]): Audited[][] {
  const placed = Map.groupBy(audited, ({ run, spec }) => JSON.stringify([run.address, run.pinned?.connectionId, spec]));
  return [...placed.values()];
}

/**
 * Looks at what runs of one group wrote. Returns what is found of each; what can't be looked at is unknown, and runs that
 * there was no time for are left out.
 */
export async function auditGroup(db: Db, group: readonly Audited[], looking: Looking): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  const known: Audited[] = [];
  for (const audited of group) {
    const unknown = unknownBecause(audited);
    if (unknown === null) known.push(audited);
    else found.set(audited.run.id, conclude(audited, { ...noFacts(), unknown: [unknown] }, looking));
  }
  if (known.length === 0) return found;
  try {
    const seen = await withPlace(db, known, (to) => look(db, to, known, looking));
    for (const [id, one] of seen) found.set(id, one);
  } catch (error) {
    looking.signal.throwIfAborted();
    if (!(error instanceof ExportError)) throw error;
    for (const audited of known) found.set(audited.run.id, conclude(audited, failed(audited, error), looking));
  }
  return found;
}

async function look(
  db: Db,
  { objects, tables }: OpenDestination,
  group: readonly Audited[],
  looking: Looking,
): Promise<Map<string, Found>> {
  const { present, isDeep, reading, signal } = looking;
  if (tables) return auditTables(db, tables, group, { isDeep, signal });
  if (!objects) return new Map();
  const { run, spec } = group[0]!;
  const place = placeOf(run.address!, spec!, present);
  const facts = await auditObjects(db, { store: objects, place, group, isDeep, reading, signal });
  const looked = group.filter((audited) => facts.has(audited.run.id));
  return new Map(looked.map((audited) => [audited.run.id, conclude(audited, facts.get(audited.run.id)!, looking)]));
}

/** Without its bucket, all of a receipt is missing. No other failure says anything about the objects. */
function failed({ named }: Audited, { failure }: ExportError): Facts {
  if (failure.code === "missing_bucket") return { ...noFacts(), missing: [...named], notes: [failure.message] };
  return { ...noFacts(), unknown: [failure.message], isTemporary: failure.retryable };
}
