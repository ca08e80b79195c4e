import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import { HOUR } from "@/lib/units";
import { makeRun } from "../api/make";
import { hoursAgo } from "./time";

/** A completed run, in the ledger alone, of the hour that began this many full hours ago. */
export async function makeCommitted(exportId: string, hours: number, rows = 1200): Promise<string> {
  const [exported] = await getDb().select().from(exports).where(eq(exports.id, exportId));
  const intervalStart = new Date(hoursAgo(hours));
  const window = { intervalStart, intervalEnd: new Date(intervalStart.getTime() + HOUR) };
  const times = { startedAt: new Date(), finishedAt: new Date() };
  return makeRun(exported!, exportId, { ...window, ...times, state: "Completed", rows, bytes: 48_213, files: 1 });
}
