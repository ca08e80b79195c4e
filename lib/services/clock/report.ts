import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { lt, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { ProcessRow } from "@/lib/db/rows";
import { processes } from "@/lib/db/schema";
import { getLogger, loggable } from "@/lib/services/logger";
import { MINUTE } from "@/lib/units";
import { differenceWords, isOff, measureDifference } from "./difference";

type Kind = ProcessRow["kind"];

/** Shortest interval between two reports of this process, in ms. */
const GRAIN = 15_000;

const id = randomUUID();
let last: { at: number; done: Promise<void> } | undefined;

/**
 * Compares this process's clock with the database's, records the difference for health checks, and warns if it is off.
 */
export function reportClock(db: Db, kind: Kind): Promise<void> {
  if (!last || performance.now() - last.at > GRAIN) last = { at: performance.now(), done: report(db, kind) };
  return last.done;
}

/** Reports now and every minute. Never throws; failed reports are logged. */
export function watchClock(db: Db, kind: Kind): void {
  const look = () =>
    void reportClock(db, kind).catch((error) => {
      getLogger().warn({ error: loggable(error) }, "Comparing the clock with the database's failed.");
    });
  look();
  setInterval(look, MINUTE).unref();
}

async function report(db: Db, kind: Kind): Promise<void> {
  const clockDifference = await measureDifference(db);
  if (isOff(clockDifference))
    getLogger().warn(
      { clockDifference },
      `This process's clock is ${differenceWords(clockDifference)}. Synchronize both machines' clocks, for example with NTP.`,
    );
  const seen = { clockDifference, seenAt: sql`now()` };
  await db
    .insert(processes)
    .values({ id, kind, name: `${hostname()}:${process.pid}`, ...seen })
    .onConflictDoUpdate({ target: processes.id, set: seen });
  await db.delete(processes).where(lt(processes.seenAt, sql`now() - interval '1 day'`));
}
