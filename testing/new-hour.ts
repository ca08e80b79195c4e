import { setTimeout } from "node:timers/promises";
import { HOUR, SECOND } from "@/lib/units";

/** Most tests that compare with the current hour take less. */
const ONE_TEST = 30 * SECOND;

/** Waits until no hour ends within one test: what the test counts up to now would change on the way. */
export async function untilHourIsNew(): Promise<void> {
  const left = HOUR - (Date.now() % HOUR);
  if (left < ONE_TEST) await setTimeout(left);
}
