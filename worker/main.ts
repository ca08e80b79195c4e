import { DefaultLogger, type LogEntry, type NativeConnection, Runtime, Worker } from "@temporalio/worker";
import { closeDb, getPatientDb, nameProcess } from "@/lib/db/client";
import { getWorkerEnv, type WorkerEnv } from "@/lib/env";
import { unnamedHosts } from "@/lib/net/unnamed-hosts";
import { answerPings } from "@/lib/pings";
import { requireTruncationErrors } from "@/lib/pump/truncation";
import { watchClock } from "@/lib/services/clock";
import { type Dependencies, processDependencies } from "@/lib/services/dependencies";
import { noteMissingLeads } from "@/lib/services/exports";
import { bindSecrets, requireKeys } from "@/lib/services/keys";
import { getLogger, loggable } from "@/lib/services/logger";
import { ensurePartitions } from "@/lib/services/retention";
import { ensureSigningKey } from "@/lib/services/signing";
import { closeSource } from "@/lib/source/client";
import { closeTemporal } from "@/lib/temporal/client";
import { reserveExisting } from "@/worker/steps/upkeep/reserve-existing";
import { connectToTemporal, watchCertificate } from "./connect";
import { untilMayRun, watchInstallation } from "./installation";
import { checksOptions, filesOptions, mainOptions } from "./options";
import { type Probe, startProbe } from "./probe";
import { ensureReconcile } from "./reconcile-schedule";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Logs Temporal's own warnings. Only names and ids of their metadata are logged, never a failure's details. */
function logTemporal({ level, message, meta = {} }: LogEntry): void {
  const { workflowId, workflowType, activityType, attempt, taskQueue } = meta as Record<string, unknown>;
  const line = { workflowId, workflowType, activityType, attempt, taskQueue };
  if (level === "ERROR") getLogger().error(line, message);
  else getLogger().warn(line, message);
}

interface Serving {
  env: WorkerEnv;
  deps: Dependencies;
  connection: NativeConnection;
  probe: Probe;
}

/** Takes work until the process is asked to end, except while the installation is held. */
async function serve({ env, deps, connection, probe }: Serving): Promise<void> {
  const ending = new AbortController();
  for (const signal of SIGNALS) process.once(signal, () => ending.abort());
  while (await untilMayRun(deps, ending.signal)) {
    await ensureReconcile(deps.temporal, env);
    const workers = await Promise.all(
      [mainOptions, filesOptions, checksOptions].map((options) => Worker.create({ ...options(env, deps), connection })),
    );
    probe.watch(workers);
    const shutDown = () => {
      for (const worker of workers) if (worker.getState() === "RUNNING") worker.shutdown();
    };
    const unwatch = watchInstallation(deps, shutDown);
    getLogger().info({ taskQueue: env.TEMPORAL_TASK_QUEUE }, "The worker is ready.");
    const running = Promise.all(workers.map((worker) => worker.run()));
    // A signal may have come while they were made.
    if (ending.signal.aborted) shutDown();
    await running.finally(unwatch);
  }
}

async function run(env: WorkerEnv): Promise<void> {
  Runtime.install({ shutdownSignals: [...SIGNALS], logger: new DefaultLogger("WARN", logTemporal) });
  nameProcess("penstock-worker");
  const probe = await startProbe(env.WORKER_PROBE_PORT);
  const deps = processDependencies();
  const connection = await connectToTemporal(env);
  try {
    await requireTruncationErrors();
    await ensurePartitions(deps.db);
    await reserveExisting(getPatientDb());
    await noteMissingLeads(getPatientDb());
    await requireKeys(deps.db);
    await bindSecrets(deps.db);
    await ensureSigningKey(deps.db);
    watchClock(deps.db, "worker");
    watchCertificate(env);
    const unnamed = unnamedHosts();
    if (unnamed) getLogger().warn(unnamed);
    await serve({ env, deps, connection, probe });
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

answerPings();
run(readEnv()).catch((error) => {
  getLogger().fatal({ error: loggable(error) }, "The worker ended with an error.");
  process.exit(1);
});
