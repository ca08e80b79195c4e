import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { exports } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";

/** CleverTap's rule: no one-time export of all profiles while a recurring one is scheduled in the project (409). */
export async function checkProfiles(
  tx: Tx,
  row: Pick<ExportRow, "organizationId" | "projectId" | "model" | "schedule">,
): Promise<void> {
  if (row.model !== "persons" || row.schedule.every !== "once") return;
  const [recurring] = await tx
    .select({ id: exports.id, name: exports.name })
    .from(exports)
    .where(
      and(
        eq(exports.organizationId, row.organizationId),
        eq(exports.projectId, row.projectId),
        eq(exports.model, "persons"),
        eq(exports.paused, false),
        isNull(exports.deletedAt),
        ne(sql`${exports.schedule} ->> 'every'`, "once"),
      ),
    )
    .limit(1);
  if (!recurring) return;
  throw conflict(
    "profile_export_scheduled",
    `“${recurring.name}” exports this project's profiles on a schedule. Pause it to export all of them once.`,
    [{ path: `exports.${recurring.id}`, message: recurring.name }],
  );
}
