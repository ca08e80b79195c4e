import { and, eq } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import { invalid } from "@/lib/errors";
import type { Export, PatchExport } from "@/lib/schemas/export";
import type { Actor } from "@/lib/services/auth/actor";
import { checkConnection } from "./check-connection";
import { describeExport } from "./describe";
import { type ExportRow, loadExport } from "./load";
import { applySchedule } from "./schedule";

const moment = (value: string | null | undefined, stored: Date | null) =>
  value === undefined ? stored : value === null ? null : new Date(value);

/** Changes an export and its schedule: both or none. Parts that are given replace the stored ones whole. */
export async function patchExport(actor: Actor, input: PatchExport & { id: string }): Promise<Export> {
  const { id, ...changes } = input;
  const row = await getDb().transaction(async (tx) => {
    const stored = await loadExport(actor, id, { tx, lock: true });
    const next = {
      ...stored,
      ...changes,
      startAt: moment(changes.startAt, stored.startAt),
      endAt: moment(changes.endAt, stored.endAt),
    };
    checkDates(next);
    if (next.connectionId !== stored.connectionId || changes.destination) await checkConnection(tx, next);
    return save(tx, next);
  });
  return describeExport(row);
}

/** One date may come alone, so its order with the stored other one is known only here. */
function checkDates({ startAt, endAt }: ExportRow): void {
  const message = "must be after the start date";
  if (startAt && endAt && endAt <= startAt) throw invalid(`endAt ${message}`, [{ path: "endAt", message }]);
}

async function save(tx: Tx, next: ExportRow): Promise<ExportRow> {
  const { name, connectionId, destination, filters, schedule, startAt, endAt, paused } = next;
  const [row] = await tx
    .update(exports)
    .set({ name, connectionId, destination, filters, schedule, startAt, endAt, paused, updatedAt: new Date() })
    .where(and(eq(exports.id, next.id), eq(exports.organizationId, next.organizationId)))
    .returning();
  await applySchedule(row!);
  return row!;
}
