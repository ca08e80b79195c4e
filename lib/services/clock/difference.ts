import type { Db } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import { SECOND } from "@/lib/units";

/** How far a process's clock may differ from the database's, in ms. */
const TOLERANCE = 5_000;

/**
 * Returns how many ms this process's clock is ahead of the database's; negative if behind. Accurate to half the round
 * trip.
 */
export async function measureDifference(db: Db): Promise<number> {
  const asked = Date.now();
  const began = performance.now();
  const there = await dbNow(db);
  return Math.round(asked + (performance.now() - began) / 2 - there.getTime());
}

export const isOff = (difference: number): boolean => Math.abs(difference) > TOLERANCE;

/** Formats ms as `312 s ahead of the database's`. */
export function differenceWords(difference: number): string {
  const seconds = Math.round(Math.abs(difference) / SECOND);
  return `${seconds} s ${difference < 0 ? "behind" : "ahead of"} the database's`;
}
