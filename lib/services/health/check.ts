import { sql } from "drizzle-orm";
import { getBriefDb } from "@/lib/db/client";
import type { Health } from "@/lib/schemas/project";
import { getClock } from "@/lib/services/clock";
import { isHeld } from "@/lib/services/installation";
import { getLogger, loggable } from "@/lib/services/logger";
import { isAway } from "@/lib/services/temporal";
import { getSource, pingSource } from "@/lib/source/client";
import { pingTemporal } from "@/lib/temporal/client";
import { temporalTlsFault } from "./tls";
import { within } from "./within";

const TIMEOUT_MS = 3000;

type Check = Health["checks"]["postgres"];

/** Reports the health of the service and its parts. Never throws, and returns within about three seconds. */
export async function checkHealth(): Promise<Health> {
  const [postgres, clickhouse, temporal, clock] = await Promise.all([
    check("PostgreSQL", "DATABASE_URL", pingDatabase),
    check("ClickHouse", "CLICKHOUSE_URL", (signal) => pingSource(getSource(), signal)),
    checkTemporal(),
    checkClock(),
  ]);
  const checks = { postgres, clickhouse, ...temporal };
  // A wrong clock does not degrade the status: due windows follow the database's clock.
  return { status: Object.values(checks).every(({ ok }) => ok) ? "ok" : "degraded", checks, clock };
}

const pingDatabase = async () => void (await getBriefDb(TIMEOUT_MS).execute(sql`select 1`));

async function checkClock(): Promise<Health["clock"]> {
  try {
    return await within(TIMEOUT_MS, getClock);
  } catch {
    return { ok: false, differenceSeconds: null, message: "Unknown: clocks are compared with PostgreSQL's clock." };
  }
}

async function checkTemporal(): Promise<{ temporal: Check; worker: Check }> {
  let workers = 0;
  const temporal = await check("Temporal", "TEMPORAL_ADDRESS", async () => {
    workers = (await pingTemporal(TIMEOUT_MS)).workers;
  });
  if (!temporal.ok) {
    const message = (await temporalTlsFault()) ?? temporal.message;
    return {
      temporal: { ok: false, message },
      worker: { ok: false, message: "Unknown: Temporal, which knows the workers, doesn't respond." },
    };
  }
  if (await isHeld().catch(() => false))
    return {
      temporal,
      worker: { ok: false, message: "Nothing runs until an operator makes a decision about this installation." },
    };
  const message = workers > 0 ? `${workers} running.` : "No worker is running. Start one with npm run worker.";
  return { temporal, worker: { ok: workers > 0, message } };
}

async function check(part: string, variable: string, ping: (signal: AbortSignal) => Promise<void>): Promise<Check> {
  try {
    await within(TIMEOUT_MS, ping);
    return { ok: true, message: "Responds." };
  } catch (error) {
    // Health is public, so addresses and causes go only to the log.
    getLogger().warn({ part, error: loggable(error) }, "A health check failed.");
    if (isAway(error))
      return {
        ok: false,
        message: `${part} doesn't respond. Check that it is running and that ${variable} is its address.`,
      };
    return { ok: false, message: `${part} responds with an error. Check the server's log.` };
  }
}
