import { eq, isNull, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import { exports, source } from "@/lib/db/schema";
import type { VerifyResult } from "@/lib/fields/verification";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { getSource } from "@/lib/source/client";
import { verifySteps } from "@/lib/source/verify/verify";
import { SOURCE_OBJECT } from "./patch";
import { loadSource, settleSecondsOf } from "./settings";

/** Verifies all that runs require of the source, and stores the result. */
export async function verifySource(actor: Actor, signal: AbortSignal): Promise<VerifyResult> {
  const { id, ...row } = await loadSource();
  const { oneRowPerId } = row;
  const settleSeconds = settleSecondsOf(null, row);
  const carried = await carriedTables();
  const steps = await verifySteps(getSource(), {
    settleSeconds,
    oneRowPerId,
    carried,
    now: () => dbNow(getDb()),
    signal,
  });
  const result = { ok: steps.every(({ status }) => status !== "failed"), steps };
  await getDb().transaction(async (tx) => {
    await loadSource({ tx, lock: true });
    await tx.update(source).set({ lastVerification: result, lastVerifiedAt: sql`now()` }).where(eq(source.id, id));
    const failed = steps.filter(({ status }) => status === "failed").map(({ name }) => name);
    const after = { ok: result.ok, ...(failed.length > 0 && { failed }) };
    await recordAudit(tx, actor, { action: "source.verify", object: SOURCE_OBJECT, after });
  });
  return result;
}

/** Tables that any organization's exports carry. */
async function carriedTables(): Promise<ReadonlySet<string>> {
  const rows = await getDb().selectDistinct({ model: exports.model }).from(exports).where(isNull(exports.deletedAt));
  return new Set(rows.flatMap(({ model }) => tablesOfModel(model).map(({ table }) => table)));
}
