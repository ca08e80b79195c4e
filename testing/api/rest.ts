import { and, eq, inArray, isNull } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports, historicExports, source } from "@/lib/db/schema";
import { activeStates } from "@/lib/fields/run-state";
import { patchExport } from "@/lib/services/exports/patch";
import { ownerOf } from "./actor";
import type { Tenant } from "./tenant";

/** Sets the source back to how it comes: all tests read it. */
export const resetSource = () => getDb().delete(source);

/** Sets how the source is read. Reset it after the test. */
export async function setSource(values: typeof source.$inferInsert): Promise<void> {
  await resetSource();
  await getDb().insert(source).values(values);
}

/** Ends what a test has begun in a tenant: historic exports of any length, which would take the worker from all other tests. */
export async function bringToRest({ organizationId, projectId }: Tenant): Promise<void> {
  await getDb()
    .update(historicExports)
    .set({ state: "Cancelled" })
    .where(and(eq(historicExports.organizationId, organizationId), inArray(historicExports.state, activeStates)));
  const running = await getDb()
    .select({ id: exports.id })
    .from(exports)
    .where(and(eq(exports.organizationId, organizationId), eq(exports.paused, false), isNull(exports.deletedAt)));
  for (const { id } of running) await patchExport(ownerOf(organizationId, [projectId]), { id, paused: true });
}
