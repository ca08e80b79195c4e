import { sql } from "drizzle-orm";
import { getBriefDb } from "@/lib/db/client";
import type { Ready } from "@/lib/schemas/project";
import { getLogger, loggable } from "@/lib/services/logger";
import { within } from "./within";

const TIMEOUT_MS = 2_000;
/** In ms. Probes of several load balancers share an answer. */
const FRESH = 1_000;

let last: { at: number; answer: Promise<Ready> } | undefined;
let isAsking = false;

/**
 * Whether this process can serve requests: PostgreSQL responds within two seconds. Never throws. At most one question
 * is open at a time, whatever the number of probes.
 */
export function checkReady(): Promise<Ready> {
  if (last && (isAsking || performance.now() - last.at < FRESH)) return last.answer;
  last = { at: performance.now(), answer: ask() };
  return last.answer;
}

async function ask(): Promise<Ready> {
  isAsking = true;
  const asked = getBriefDb(TIMEOUT_MS)
    .execute(sql`select 1`)
    .finally(() => {
      isAsking = false;
    });
  try {
    // Waiting for one of the pool's connections may take longer than the statement may.
    await within(TIMEOUT_MS, () => asked);
    return { status: "ok", message: "PostgreSQL responds." };
  } catch (error) {
    getLogger().warn({ error: loggable(error) }, "The web app isn't ready.");
    return { status: "unavailable", message: "PostgreSQL doesn't respond." };
  }
}
