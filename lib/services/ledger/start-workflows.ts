import type { Client } from "@temporalio/client";
import pMap from "p-map";
import { getLogger, loggable } from "@/lib/services/logger";
import { withTemporal } from "@/lib/services/temporal";
import { type Startable, startRunWorkflow } from "@/lib/temporal/start";

const LANES = 5;

/** Starts the workflows of recorded runs. The sweep starts any that fail now, a minute later. */
export async function startWorkflows(temporal: Client, runs: readonly Startable[]): Promise<void> {
  await pMap(
    runs,
    async (startable) => {
      try {
        await withTemporal(temporal, () => startRunWorkflow(temporal, startable));
      } catch (error) {
        getLogger().warn(
          { runId: startable.run.id, error: loggable(error) },
          "Starting a run's workflow failed; it is retried.",
        );
      }
    },
    { concurrency: LANES },
  );
}
