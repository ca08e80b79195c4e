import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { InstallationRow } from "@/lib/db/rows";
import { installation } from "@/lib/db/schema";
import type { Hold } from "@/lib/db/schema/installation";
import { getEnv } from "@/lib/env";
import type { Dependencies } from "@/lib/services/dependencies";
import { getLogger } from "@/lib/services/logger";
import { readMarker, writeMarker } from "@/lib/temporal/marker";
import { MINUTE } from "@/lib/units";
import { hereOf } from "./here";
import { judge, type Verdict } from "./judge";
import { lockInstallation, raiseGeneration } from "./raise";

/** How old a generation may become before it is raised, in ms. */
const RAISE_AFTER = 5 * MINUTE;

/** The newest generation that this process has seen in the database. */
let seen: Pick<InstallationRow, "id" | "generation"> | undefined;

export interface Checked {
  row: InstallationRow;
  /** Whether Temporal has lost all that it knew of this installation. */
  isTemporalEmpty: boolean;
  /** How long ago the generation had been raised before, in ms. */
  age: number;
}

/**
 * Compares the database with Temporal's marker. Holds the installation if they don't belong together; otherwise raises
 * the generation when it is old. Throws if the database or Temporal does not answer.
 */
export async function checkInstallation({ db, temporal }: Dependencies): Promise<Checked> {
  const here = hereOf(getEnv());
  // Before the database: its generation is raised first.
  const marker = await readMarker(temporal);
  const checked = await db.transaction(async (tx) => {
    const known = await lockInstallation(tx);
    const age = Date.now() - (known.raisedAt?.getTime() ?? Date.now());
    const isTemporalEmpty = marker === null && known.temporal !== null;
    const facts = { age, isTemporalEmpty, isRaised: false };
    if (known.hold) return { ...facts, row: known };
    const verdict = judge(known, marker, here) ?? rewound(known);
    if (verdict) return { ...facts, row: await hold(tx, verdict) };
    if (marker?.generation === known.generation && age < RAISE_AFTER) return { ...facts, row: known };
    return { ...facts, row: await raiseGeneration(tx, here), isRaised: true };
  });
  const { row } = checked;
  if (checked.isRaised) await writeMarker(temporal, row);
  if (!row.hold) seen = { id: row.id, generation: row.generation };
  return checked;
}

/** The database went back while this process was running: Temporal's marker may have been lost with it. */
function rewound({ id, generation }: InstallationRow): Verdict | null {
  if (!seen || seen.id !== id || seen.generation <= generation) return null;
  const facts = `This worker has seen generation ${seen.generation} of this database, which is at generation ${generation} now.`;
  return { reason: "restored", facts };
}

/** Holds the installation: no worker takes work until an operator decides. */
export async function hold(tx: Tx, verdict: Verdict): Promise<InstallationRow> {
  const since = new Date().toISOString();
  const held: Hold = { ...verdict, since };
  const [row] = await tx
    .update(installation)
    .set({ hold: held, decided: sql`null` })
    .where(eq(installation.one, 1))
    .returning();
  getLogger().error(
    { reason: verdict.reason, facts: verdict.facts },
    "Nothing runs until an operator decides: see Settings, Installation, or npm run installation.",
  );
  return row!;
}
