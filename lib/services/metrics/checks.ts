import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { checkCounters } from "@/lib/db/schema";
import type { Measured } from "./exposition";

interface Found extends Record<string, unknown> {
  overdue: number | null;
}

/** Checks of committed windows by kind and outcome, and how overdue the next one is. */
export async function checkTotals(): Promise<Pick<Measured, "checks" | "uncheckedAge">> {
  const db = getDb();
  const [checks, { rows }] = await Promise.all([
    db.select().from(checkCounters),
    db.execute<Found>(sql`select extract(epoch from now() - min(next_look_at))::float8 as overdue from watched_runs`),
  ]);
  return { checks, uncheckedAge: Math.max(0, rows[0]?.overdue ?? 0) };
}
