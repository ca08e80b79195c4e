import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { InstallationRow } from "@/lib/db/rows";
import { installation } from "@/lib/db/schema";
import type { Hold } from "@/lib/db/schema/installation";
import { getEnv } from "@/lib/env";
import type { Dependencies } from "@/lib/services/dependencies";
import { getLogger } from "@/lib/services/logger";
import { otherMarkers, readMarker, writeMarker } from "@/lib/temporal/marker";
import { MINUTE } from "@/lib/units";
import { hereOf } from "./here";
import { judge, type Verdict } from "./judge";
import { ageOf, lockInstallation, raiseGeneration } from "./raise";

/** How old a generation may become before it is raised, in ms. */
const RAISE_AFTER = 5 * MINUTE;
/** A database that no worker has used for longer, in ms, may have been restored together with Temporal. */
const LONG_DOWN = 10 * MINUTE;

/** The newest generation that this process has seen in the database. */
let seen: Pick<InstallationRow, "id" | "generation"> | undefined;

export interface Checked {
  row: InstallationRow;
  /** Whether nothing was raised, because buckets must be asked first for receipts that the database doesn't know. */
  mustLook: boolean;
}

interface Checking {
  /** Whether the buckets were asked. */
  hasLooked: boolean;
  /** Rebuilds a Temporal that has lost everything. Its marker is written only once this has succeeded. */
  revive(): Promise<void>;
}

/**
 * Compares the database with Temporal's marker. Holds the installation if they don't belong together; otherwise raises
 * the generation when it is old. Throws if the database or Temporal does not answer.
 */
export async function checkInstallation(
  { db, temporal }: Dependencies,
  { hasLooked, revive }: Checking,
): Promise<Checked> {
  const here = hereOf(getEnv());
  // Before the database: its generation is raised first.
  const marker = await readMarker(temporal);
  const others = marker === null ? await otherMarkers(temporal) : [];
  const checked = await db.transaction(async (tx) => {
    const known = await lockInstallation(tx);
    if (known.hold) return { row: known, mustLook: false };
    const age = await ageOf(tx);
    const isFresh = age < LONG_DOWN || seen?.id === known.id;
    const verdict = judge(known, { marker, others, isFresh }, here) ?? rewound(known);
    if (verdict) return { row: await hold(tx, verdict), mustLook: false };
    if (!isFresh && !hasLooked && known.temporal !== null) return { row: known, mustLook: true };
    const isCurrent = marker !== null && marker !== "unreadable" && marker.generation === known.generation;
    if (isCurrent && age < RAISE_AFTER) return { row: known, mustLook: false };
    const isEmpty = marker === null && known.temporal !== null && !others.some(({ id }) => id === known.id);
    return { row: await raiseGeneration(tx, here), mustLook: false, isRaised: true, isEmpty };
  });
  const { row, mustLook } = checked;
  if (row.hold || mustLook) return { row, mustLook };
  if ("isRaised" in checked) {
    if (checked.isEmpty) await revive();
    await writeMarker(temporal, row);
  }
  seen = { id: row.id, generation: row.generation };
  return { row, mustLook };
}

/** The database went back while this process was running: Temporal's marker may have been lost with it. */
function rewound({ id, generation }: InstallationRow): Verdict | null {
  if (!seen || seen.id !== id || seen.generation <= generation) return null;
  const facts = `This worker has seen generation ${seen.generation} of this database, which is now at generation ${generation}.`;
  return { reason: "restored", facts };
}

/** Holds the installation, unless it is held: no worker takes work until an operator decides. */
export async function hold(tx: Tx, verdict: Verdict): Promise<InstallationRow> {
  const known = await lockInstallation(tx);
  if (known.hold) return known;
  const held: Hold = { ...verdict, since: new Date().toISOString() };
  const [row] = await tx
    .update(installation)
    .set({ hold: held, decided: sql`null` })
    .where(eq(installation.one, 1))
    .returning();
  getLogger().error(
    { reason: verdict.reason, facts: verdict.facts },
    "Nothing runs until an operator makes a decision: open Settings, Installation, or run npm run installation.",
  );
  return row!;
}
