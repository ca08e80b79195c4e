import { getDb, type Tx } from "@/lib/db/client";
import type { SourceRow } from "@/lib/db/rows";
import { source } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";

export type SourceSettings = Omit<SourceRow, "updatedAt">;

/** Default settings of the source. */
export const AS_IT_COMES: SourceSettings = {
  id: 1,
  settleSeconds: null,
  oneRowPerId: false,
  sequentialConsistency: false,
  retentionDays: null,
  lastVerifiedAt: null,
  lastVerification: null,
};

/** Loads the source's settings. `lock` creates the row and locks it until the transaction ends. */
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

/** The settle time in seconds: the export's, otherwise the source's, otherwise SETTLE_SECONDS. */
export const settleSecondsOf = (
  exported: { settleSeconds: number | null } | null,
  { settleSeconds }: Pick<SourceSettings, "settleSeconds">,
): number => exported?.settleSeconds ?? settleSeconds ?? getEnv().SETTLE_SECONDS;
