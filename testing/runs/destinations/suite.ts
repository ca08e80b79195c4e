import { it } from "vitest";
import { micros } from "@/lib/source/time";
import type { Window } from "@/lib/windows";
import { type EventRow, insertEvents } from "../events";
import { isLong } from "../is-long";
import type { TestProject } from "../project";
import type { Harness } from "./harness";
import { makeExportTo, runWindow } from "./steps";

/** Each case has its own hours, so that none sees another's rows. */
export const hour = (n: number): Window => ({
  start: new Date(Date.UTC(2025, 5, 1, n)),
  end: new Date(Date.UTC(2025, 5, 1, n + 1)),
});

/** A time in such an hour, in microseconds. */
export const at = (n: number, offset = 0) => micros(hour(n).start) + offset;

/** What the parts of the contract share. */
export function makeSuite(harness: Harness, project: () => TestProject) {
  return {
    harness,
    project,
    /** Why `npm test` skips cases that show little of a warehouse's own statements; null if it doesn't. */
    later: harness.isSampled && !isLong ? `npm run test:long tries it with ${harness.name}` : null,
    /** The harness, if it is a warehouse. */
    tables: harness.holds === "tables" ? harness : null,
    insert: (rows: EventRow[]) => insertEvents(project().sourceProjectId, rows),
    make: (values: Parameters<typeof makeExportTo>[2] = {}) => makeExportTo(project(), harness, values),
    run: (exported: Parameters<typeof runWindow>[1], window: Window, columns?: Parameters<typeof runWindow>[3]) =>
      runWindow(project(), exported, window, columns),
    uuids: async (table: string) => (await harness.rows(table)).map(({ uuid }) => uuid).toSorted(),
    /** Runs whose rows a reader finds. */
    runIds: async (table: string) => new Set((await harness.rows(table)).map((row) => row._run_id)),
  };
}

export type Suite = ReturnType<typeof makeSuite>;

/** A case of the contract. Its title is the same for every destination, followed by the reason if it is skipped. */
export function specify(title: string, skipped: string | null, run: () => Promise<void>): void {
  it.skipIf(skipped !== null)(skipped === null ? title : `${title} (skipped: ${skipped})`, run);
}
