import { getDb } from "@/lib/db/client";
import { clockDifferences } from "@/lib/services/clock";
import { getLogger, loggable } from "@/lib/services/logger";
import { pingTemporal } from "@/lib/temporal/client";
import { SECOND } from "@/lib/units";
import type { Measured } from "./exposition";

/** How long Temporal may take to respond, in ms. */
const PATIENCE = 5 * SECOND;

/** Workers at work, as Temporal counts them, and how far clocks differ. */
export async function processTotals(): Promise<Pick<Measured, "workers" | "clocks">> {
  const [workers, clocks] = await Promise.all([countWorkers(), clockDifferences(getDb())]);
  return { workers, clocks: clocks.map(({ kind, difference }) => ({ kind, difference: difference / SECOND })) };
}

async function countWorkers(): Promise<number | null> {
  try {
    return (await pingTemporal(PATIENCE)).workers;
  } catch (error) {
    getLogger().warn({ error: loggable(error) }, "Reading the number of workers from Temporal failed.");
    return null;
  }
}
