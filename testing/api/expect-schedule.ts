import { expect } from "vitest";
import { scheduleOf } from "./make";

/**
 * Expects an export's Temporal Schedule. Temporal acknowledges a change before applying it, so an immediate read may
 * return the old one; a change that fails is brought in line within a minute.
 */
export const expectSchedule = (exportId: string, wanted: { paused: boolean }) =>
  expect.poll(() => scheduleOf(exportId), { timeout: 80_000 }).toEqual(wanted);
