import { and, eq, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import type { ExportRow } from "@/lib/db/rows";
import { exports } from "@/lib/db/schema";
import { defined } from "@/lib/defined";
import { invalidField } from "@/lib/errors";
import type { Export, PatchExport } from "@/lib/schemas/export";
import type { Actor } from "@/lib/services/access";
import { changesBetween, recordAudit } from "@/lib/services/audit";
import { processDependencies } from "@/lib/services/dependencies";
import { requireVersion } from "@/lib/services/edit-conflict";
import { applyPending, nextVersion, noteRests } from "@/lib/services/schedules";
import { auditedExport, exportObject } from "./audited";
import { checkCombination } from "./check-combination";
import { checkConnection } from "./check-connection";
import { describeExport } from "./describe";
import { doneWith } from "./done-with";
import { startFirst } from "./first-run";
import { holdConnections } from "./hold-connections";
import { loadExport } from "./load";
import { noteLeads } from "./note-leads";
import { pausing } from "./pausing";
import { rescheduleLooks } from "./reschedule-looks";
import { rescheduled } from "./rescheduled";
import { switchFileSchema } from "./switch-file-schema";

const moment = (value: string | null | undefined, stored: Date | null) =>
  value === undefined ? stored : value === null ? null : new Date(value);

/**
 * Changes an export; its schedule follows once Temporal responds. Given parts replace the stored ones entirely, except
 * of `checks`.
 */
export async function patchExport(actor: Actor, input: PatchExport & { id: string }): Promise<Export> {
  const { id, ifUpdatedAt, ...changes } = input;
  const row = await getDb().transaction(async (tx) => {
    const { connectionId } = await loadExport(actor, id, { tx });
    await holdConnections(tx, actor.organizationId, [connectionId, changes.connectionId ?? connectionId]);
    const stored = await loadExport(actor, id, { tx, lock: true });
    const now = await dbNow(tx);
    const next = {
      ...stored,
      ...defined(changes),
      checks: { ...stored.checks, ...defined(changes.checks ?? {}) },
      startAt: moment(changes.startAt, stored.startAt),
      endAt: moment(changes.endAt, stored.endAt),
      ...rescheduled(stored, changes.schedule ?? stored.schedule, now),
      ...pausing(stored, changes.paused ?? stored.paused, actor, now),
    };
    const given: [string, unknown][] = Object.entries(next).filter(([field]) => field in changes);
    requireVersion(ifUpdatedAt, {
      what: "export",
      updatedAt: stored.updatedAt,
      given: Object.fromEntries(given),
      stored,
    });
    checkDates(next);
    next.fileSchema = switchFileSchema(stored, next, changes.fileSchema);
    checkCombination(next, stored);
    const written = next.connectionId !== stored.connectionId || changes.destination || changes.schedule;
    if (written) await noteLeads(tx, new Map([[id, await checkConnection(tx, actor, next)]]));
    if (changes.startAt !== undefined || changes.endAt !== undefined) next.dueFrom = await doneWith(tx, stored, now);
    const saved = await save(tx, next);
    await rescheduleLooks(tx, stored, saved);
    await audit(tx, actor, stored, saved);
    await noteRests(tx, [id]);
    return saved;
  });
  // A one-time export that was created paused starts when resumed.
  const isOnce = row.schedule.every === "once";
  await Promise.all([applyPending(processDependencies(), [id]), isOnce && startFirst(row.id, actor)]);
  return describeExport(row);
}

/** A patch may set only one date, so the order is checked on the merged export. */
function checkDates({ startAt, endAt }: ExportRow): void {
  if (startAt && endAt && endAt <= startAt) throw invalidField("endAt", "Must be after the start date.");
}

async function save(tx: Tx, next: ExportRow): Promise<ExportRow> {
  const { name, connectionId, destination, columns, fileSchema, filters, schedule, pastSchedules, startAt, endAt } =
    next;
  const { paused, pause, pauseAfterFailures, settleSeconds, checks, failuresInRow, dueFrom } = next;
  const files = { destination, columns, fileSchema, filters };
  const settings = {
    name,
    connectionId,
    ...files,
    schedule,
    pastSchedules,
    startAt,
    endAt,
    pauseAfterFailures,
    settleSeconds,
    checks,
  };
  const [row] = await tx
    .update(exports)
    .set({ ...settings, paused, pause, failuresInRow, dueFrom, scheduleVersion: nextVersion, updatedAt: sql`now()` })
    .where(and(eq(exports.id, next.id), eq(exports.organizationId, next.organizationId)))
    .returning();
  return row!;
}

/** Pausing and resuming get their own entries, even if other settings change too. */
async function audit(tx: Tx, actor: Actor, stored: ExportRow, saved: ExportRow): Promise<void> {
  const { paused: wasPaused, ...before } = auditedExport(stored);
  const { paused, ...after } = auditedExport(saved);
  const about = exportObject(saved);
  if (changesBetween(before, after).length > 0)
    await recordAudit(tx, actor, { action: "export.update", ...about, before, after });
  if (paused === wasPaused) return;
  const action = paused ? "export.pause" : "export.resume";
  await recordAudit(tx, actor, { action, ...about, before: { paused: wasPaused }, after: { paused } });
}
