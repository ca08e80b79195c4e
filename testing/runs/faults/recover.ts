import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import type { Run } from "@/lib/schemas/run";
import { getRun } from "@/lib/services/runs/get";
import { retryRun } from "@/lib/services/runs/retry";
import { markVerified } from "@/testing/api/verified";
import { cleanRun } from "@/worker/steps/clean/clean-run";
import type { TestProject } from "../project";
import { until } from "../until";

const ENDED = ["Completed", "Failed", "Cancelled"];
/** Temporal notices a lost worker after 20 s, then retries its steps with pauses. */
const SECONDS = 120;
/** How often a person would retry a failed window. */
const RETRIES = 3;

/** Waits until a run has ended, in any state. */
export const ended = (project: TestProject, id: string): Promise<Run> =>
  until(
    "the run had ended",
    async () => {
      const run = await getRun(project.actor, { id });
      return ENDED.includes(run.state) ? run : null;
    },
    SECONDS,
  );

const uncleaned = (exportId: string) =>
  and(
    eq(runs.exportId, exportId),
    eq(runs.state, "Completed"),
    isNotNull(runs.address),
    isNull(runs.cleanedAt),
    isNull(runs.supersededBy),
  );

/** Waits until a run has removed what earlier writes of its window left. */
export const cleaned = ({ exportId }: Run): Promise<boolean> =>
  until("the window was cleaned", async () => (await getDb().$count(runs, uncleaned(exportId))) === 0, SECONDS);

/**
 * Cleans a window as reconciliation does once no storage would accept its runs' requests anymore, a time that no test
 * waits for. Call only after every held request is released.
 */
async function cleanLate({ exportId }: Run): Promise<void> {
  // The run's own cleaning comes first.
  const patience = Date.now() + 5_000;
  await until(
    "the window was cleaned, late",
    async () => {
      const open = await getDb().select({ id: runs.id }).from(runs).where(uncleaned(exportId));
      if (open.length === 0) return true;
      if (Date.now() < patience) return false;
      const finishedAt = sql`least(${runs.finishedAt}, now() - interval '1 hour')`;
      await getDb().update(runs).set({ finishedAt }).where(eq(runs.exportId, exportId));
      for (const { id } of open) await cleanRun(getDb(), id).catch(() => {});
      return false;
    },
    SECONDS,
  );
}

interface Asked {
  project: TestProject;
  /** Marked verified before a retry: a setting may have changed. */
  connectionId: string;
}

/** Retries a run's window, as a person would by the API. */
export async function askAgain({ project, connectionId }: Asked, id: string): Promise<string> {
  await markVerified(connectionId);
  return (await retryRun(project.actor, { id })).id;
}

/**
 * Gets a window committed: waits for its run, and retries if the run failed. Returns the last run's id. `isHeld` says
 * that a request is still in flight, so what it may leave can't be cleaned yet.
 */
export async function recover(asked: Asked, id: string, isHeld = false): Promise<string> {
  let last = id;
  for (let tries = 0; ; tries += 1) {
    const run = await ended(asked.project, last);
    if (run.state === "Completed") {
      if (!isHeld) await cleanLate(run);
      return last;
    }
    if (tries === RETRIES) throw new Error(`The window fails again and again: ${JSON.stringify(run.error)}`);
    last = await askAgain(asked, last);
  }
}
