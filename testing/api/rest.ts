import { and, eq, inArray, isNull } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports, historicExports, source } from "@/lib/db/schema";
import { activeStates } from "@/lib/fields/run-state";
import { patchExport } from "@/lib/services/exports/patch";
import { ownerOf } from "./actor";
import type { Tenant } from "./tenant";

/** Resets the source to its defaults, because all tests read it. */
export const resetSource = () => getDb().delete(source);

/** Sets how the source is read. Reset it after the test. */
export async function setSource(values: typeof source.$inferInsert): Promise<void> {
  await resetSource();
  await getDb().insert(source).values(values);
}

/** Stops what a test started in a tenant, such as long historic exports that would occupy the worker. */
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
