import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { InstallationRow } from "@/lib/db/rows";
import { installation } from "@/lib/db/schema";
import type { Here } from "./judge";

/** Reads the installation's row, locked until the transaction ends. Creates it if it is missing. */
export async function lockInstallation(tx: Tx): Promise<InstallationRow> {
  await tx.insert(installation).values({}).onConflictDoNothing();
  const [row] = await tx.select().from(installation).for("update");
  return row!;
}

/** How long ago the generation was raised, in ms by the database's clock; infinite if it is not known. */
export async function ageOf(tx: Tx): Promise<number> {
  const ms = sql<number | null>`(extract(epoch from clock_timestamp() - ${installation.raisedAt}) * 1000)::float8`;
  const [row] = await tx.select({ ms }).from(installation);
  return row?.ms ?? Number.POSITIVE_INFINITY;
}

/**
 * Raises the generation above `least`, noting where the installation is. Write it to Temporal after the commit: a marker
 * ahead of its database means that the database was restored.
 */
export async function raiseGeneration(
  tx: Tx,
  here: Here,
  { least = 0, ...changes }: Partial<InstallationRow> & { least?: number } = {},
): Promise<InstallationRow> {
  const [raised] = await tx
    .update(installation)
    .set({
      ...here,
      ...changes,
      generation: sql`greatest(${installation.generation}, ${least}) + 1`,
      stamp: sql`gen_random_uuid()`,
      raisedAt: sql`now()`,
    })
    .where(eq(installation.one, 1))
    .returning();
  return raised!;
}
