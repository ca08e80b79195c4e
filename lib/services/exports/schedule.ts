import { withTemporal } from "@/lib/services/temporal";
import { syncSchedule } from "@/lib/temporal/schedules";
import type { ExportRow } from "./load";

/** Brings the export's schedule in line with its row. Call it last in the transaction: when it fails, the row rolls back. */
export const applySchedule = (row: ExportRow): Promise<void> => withTemporal(() => syncSchedule(row));
