import { DefaultLogger, type LogEntry, NativeConnection, Runtime, Worker } from "@temporalio/worker";
import { closeDb, getPatientDb, nameProcess } from "@/lib/db/client";
import { getWorkerEnv, type WorkerEnv } from "@/lib/env";
import { unnamedHosts } from "@/lib/net/unnamed-hosts";
import { requireTruncationErrors } from "@/lib/pump/truncation";
import { watchClock } from "@/lib/services/clock";
import { processDependencies } from "@/lib/services/dependencies";
import { noteMissingLeads } from "@/lib/services/exports";
import { bindSecrets } from "@/lib/services/keys";
import { getLogger, loggable } from "@/lib/services/logger";
import { ensurePartitions } from "@/lib/services/retention";
import { ensureSigningKey } from "@/lib/services/signing";
import { closeSource } from "@/lib/source/client";
import { closeTemporal } from "@/lib/temporal/client";
import { temporalAddress } from "@/lib/temporal/connection";
import { reserveExisting } from "@/worker/steps/upkeep/reserve-existing";
import { checksOptions, filesOptions, mainOptions } from "./options";
import { startProbe } from "./probe";
import { ensureReconcile } from "./reconcile-schedule";

/** Logs Temporal's own warnings. Only names and ids of their metadata are logged, never a failure's details. */
function logTemporal({ level, message, meta = {} }: LogEntry): void {
  const { workflowId, workflowType, activityType, attempt, taskQueue } = meta as Record<string, unknown>;
  const line = { workflowId, workflowType, activityType, attempt, taskQueue };
  if (level === "ERROR") getLogger().error(line, message);
  else getLogger().warn(line, message);
}

async function run(env: WorkerEnv): Promise<void> {
  Runtime.install({ shutdownSignals: ["SIGINT", "SIGTERM"], logger: new DefaultLogger("WARN", logTemporal) });
  nameProcess("penstock-worker");
  const probe = await startProbe(env.WORKER_PROBE_PORT);
  const deps = processDependencies();
  const connection = await NativeConnection.connect(temporalAddress(env));
  try {
    await requireTruncationErrors();
    await ensurePartitions(deps.db);
    await reserveExisting(getPatientDb());
    await noteMissingLeads(getPatientDb());
    await bindSecrets(deps.db);
    await ensureSigningKey(deps.db);
    await ensureReconcile(deps.temporal, env);
    const workers = await Promise.all(
      [mainOptions, filesOptions, checksOptions].map((options) => Worker.create({ ...options(env, deps), connection })),
    );
    probe.watch(workers);
    watchClock(deps.db, "worker");
    const unnamed = unnamedHosts();
    if (unnamed) getLogger().warn(unnamed);
    getLogger().info({ taskQueue: env.TEMPORAL_TASK_QUEUE }, "The worker is ready.");
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    probe.close();
    await connection.close();
    await Promise.all([closeTemporal(), closeDb(), closeSource()]);
  }
}

function readEnv(): WorkerEnv {
  try {
    return getWorkerEnv();
  } catch (error) {
    // The operator has to fix a bad environment; the message is all they need.
    console.error((error as Error).message);
    process.exit(1);
  }
}

run(readEnv()).catch((error) => {
  getLogger().fatal({ error: loggable(error) }, "The worker ended with an error.");
  process.exit(1);
});
