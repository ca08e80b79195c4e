import { desc, gt, sql } from "drizzle-orm";
import { type Db, getDb } from "@/lib/db/client";
import { processes } from "@/lib/db/schema";
import type { Health } from "@/lib/schemas/project";
import { SECOND } from "@/lib/units";
import { differenceWords, isOff } from "./difference";
import { reportClock } from "./report";

const isRunning = gt(processes.seenAt, sql`now() - interval '3 minutes'`);
const KIND = { web: "A web app", worker: "A worker" } as const;

/** The largest clock difference from the database by kind of process, in ms. */
export async function clockDifferences(db: Db): Promise<{ kind: keyof typeof KIND; difference: number }[]> {
  await reportClock(db, "web");
  return db
    .select({ kind: processes.kind, difference: sql<number>`max(abs(${processes.clockDifference}))`.mapWith(Number) })
    .from(processes)
    .where(isRunning)
    .groupBy(processes.kind);
}

/** The largest clock difference from the database among processes seen in the last three minutes. */
export async function getClock(): Promise<Health["clock"]> {
  await reportClock(getDb(), "web");
  const [worst] = await getDb()
    .select()
    .from(processes)
    .where(isRunning)
    .orderBy(desc(sql`abs(${processes.clockDifference})`))
    .limit(1);
  const difference = worst?.clockDifference ?? 0;
  const ok = !worst || !isOff(difference);
  // Health is public, so only that process's own log identifies the machine.
  const message = ok
    ? "The clocks agree."
    : `${KIND[worst.kind]}'s clock is ${differenceWords(difference)}. Synchronize the clocks of all machines, for example with NTP.`;
  return { ok, differenceSeconds: Math.round(difference / SECOND), message };
}
