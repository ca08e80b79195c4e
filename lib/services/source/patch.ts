import { eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { source } from "@/lib/db/schema";
import type { PatchSource, Source } from "@/lib/schemas/source";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { loadSource, type SourceSettings } from "./settings";
import { toSource } from "./to-source";

/** The source has no id of its own: an installation has one. */
export const SOURCE_OBJECT = { id: "source", name: "ClickHouse" };

const audited = ({ settleSeconds, oneRowPerId, sequentialConsistency }: SourceSettings) => ({
  settleSeconds,
  oneRowPerId,
  sequentialConsistency,
});

/** Changes how the source is read. Runs that are planned already go on as they were planned. */
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
