import { getDb, type Tx } from "@/lib/db/client";
import type { SourceRow } from "@/lib/db/rows";
import { source } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";

export type SourceSettings = Omit<SourceRow, "updatedAt">;

/** The source as it comes, before anything was set. */
export const AS_IT_COMES: SourceSettings = {
  id: 1,
  settleSeconds: null,
  oneRowPerId: false,
  sequentialConsistency: false,
  lastVerifiedAt: null,
  lastVerification: null,
};

/** What is set of the source. Within a transaction that will change it, `lock` makes the row and holds it until the end. */
export async function loadSource({
  tx = getDb(),
  lock = false,
}: {
  tx?: Tx;
  lock?: boolean;
} = {}): Promise<SourceSettings> {
  if (!lock) return (await tx.select().from(source))[0] ?? AS_IT_COMES;
  await tx.insert(source).values(AS_IT_COMES).onConflictDoNothing();
  const [row] = await tx.select().from(source).for("update");
  return row!;
}

/** How long a run waits after its window's end, in seconds: as its export says, else the source, else SETTLE_SECONDS. */
export const settleSecondsOf = (
  exported: { settleSeconds: number | null } | null,
  { settleSeconds }: Pick<SourceSettings, "settleSeconds">,
): number => exported?.settleSeconds ?? settleSeconds ?? getEnv().SETTLE_SECONDS;
