import { eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { source } from "@/lib/db/schema";
import type { PatchSource, Source } from "@/lib/schemas/source";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { loadSource, type SourceSettings } from "./settings";
import { toSource } from "./to-source";

/** A fixed id: an installation has only one source. */
export const SOURCE_OBJECT = { id: "source", name: "ClickHouse" };

const audited = ({ settleSeconds, retentionDays, oneRowPerId, sequentialConsistency }: SourceSettings) => ({
  settleSeconds,
  retentionDays,
  oneRowPerId,
  sequentialConsistency,
});

/** Changes how the source is read. Already planned runs continue as planned. */
export async function patchSource(actor: Actor, input: PatchSource): Promise<Source> {
  return getDb().transaction(async (tx) => {
    const before = await loadSource({ tx, lock: true });
    if (Object.keys(input).length === 0) return toSource(before);
    const [after] = await tx
      .update(source)
      .set({ ...input, updatedAt: sql`now()` })
      .where(eq(source.id, before.id))
      .returning();
    await recordAudit(tx, actor, {
      action: "source.update",
      object: SOURCE_OBJECT,
      before: audited(before),
      after: audited(after!),
    });
    return toSource(after!);
  });
}
