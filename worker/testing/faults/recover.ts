import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import type { Run } from "@/lib/schemas/run";
import { getRun } from "@/lib/services/runs/get";
import { retryRun } from "@/lib/services/runs/retry";
import { markVerified } from "@/lib/services/testing/verified";
import type { TestProject } from "../project";
import { until } from "../until";

const ENDED = ["Completed", "Failed", "Cancelled"];
/** Temporal notices a lost worker after 20 s; then its steps are tried again, with pauses. */
const SECONDS = 120;
/** How often a person would ask for a failed window again. */
const RETRIES = 3;

/** Waits until a run has ended, however it did. */
export const ended = (project: TestProject, id: string): Promise<Run> =>
  until(
    "the run had ended",
    async () => {
      const run = await getRun(project.actor, { id });
      return ENDED.includes(run.state) ? run : null;
    },
    SECONDS,
  );

/** Waits until what earlier writings of a window left is removed: at the latest by the next reconciliation. */
export async function cleaned({ exportId }: Run): Promise<void> {
  const open = and(
    eq(runs.exportId, exportId),
    eq(runs.state, "Completed"),
    isNotNull(runs.address),
    isNull(runs.cleanedAt),
  );
  await until("the window was cleaned", async () => (await getDb().$count(runs, open)) === 0, SECONDS);
}

interface Asked {
  project: TestProject;
  /** Taken for verified where a run has to be asked for again: a setting may have been changed. */
  connectionId: string;
}

/** Asks for a run's window again, as a person would by the API. */
export async function askAgain({ project, connectionId }: Asked, id: string): Promise<string> {
  await markVerified(connectionId);
  return (await retryRun(project.actor, { id })).id;
}

/** Has a window committed: waits for its run, and asks for it again where the run failed. Answers with the last run's id. */
export async function recover(asked: Asked, id: string): Promise<string> {
  let last = id;
  for (let tries = 0; ; tries += 1) {
    const run = await ended(asked.project, last);
    if (run.state === "Completed") {
      await cleaned(run);
      return last;
    }
    if (tries === RETRIES) throw new Error(`The window fails again and again: ${JSON.stringify(run.error)}`);
    last = await askAgain(asked, last);
  }
}
