import { SECOND } from "@/lib/units";

/** Files of an export's first step: few, for where the credentials may not list, each is looked at on its own. */
export const FIRST_STEP = 500;
const [LEAST, MOST] = [50, 20_000];
/** Milliseconds that a step should take: what it found is lost if the process dies. */
const [SHORT, LONG] = [5 * SECOND, 20 * SECOND];

/** Files of the next step, by those of the last one and the time it took. */
export function nextStep(files: number, took: number): number {
  if (took > LONG) return Math.max(LEAST, Math.floor(files / 2));
  return took < SHORT ? Math.min(MOST, files * 2) : files;
}
