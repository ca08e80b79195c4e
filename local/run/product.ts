import { join, resolve } from "node:path";
import { ensureBuilt } from "@/server/build/build-app";
import { makeProgress, type Progress } from "@/server/process/progress";
import { makeShutdown, type Shutdown } from "@/server/process/shutdown";
import { type Stack, startStack } from "../stack";
import { lockDataDir } from "./data-lock";
import { loadModules, type Prepared, prepare } from "./prepare";
import { fillSource, keepFilling } from "./sample";
import { firstExport } from "./sample-step";
import { endApp, type Mode, startApp } from "./serve";
import { removeStackFile, writeStackFile } from "./stack-file";
import { superviseAll } from "./supervise";

interface Running {
  mode: Mode;
  dataDir: string;
  progress: Progress;
  shutdown: Shutdown;
  /** Whether to create sample data. */
  sample: boolean;
}

/** Runs the whole product until shutdown: `npm start` and `npm run dev`. */
export async function runProduct(mode: Mode, args: string[]): Promise<void> {
  const dataDir = resolve(process.env.PENSTOCK_DATA_DIR || ".data");
  const progress = makeProgress();
  const shutdown = makeShutdown((reason) => progress.say("Penstock", `ending (${reason})`));
  const sample = !args.includes("--no-sample") && process.env.PENSTOCK_SAMPLE !== "0";
  try {
    await bringUp({ mode, dataDir, progress, shutdown, sample });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.error(`\nPenstock didn't start.\n${why}\nLogs: ${join(dataDir, "logs")}`);
    await shutdown.end(1);
  }
}

async function bringUp(running: Running): Promise<void> {
  const { mode, dataDir, progress, shutdown } = running;
  shutdown.before(await lockDataDir(dataDir, progress));
  removeStackFile(dataDir);
  const logDir = join(dataDir, "logs");
  const building = mode === "start" ? ensureBuilt({ env: {}, logDir, progress }) : Promise.resolve();
  // The await below reports its failure.
  building.catch(() => {});
  const [stack] = await Promise.all([startStack({ dataDir, ports: "preferred", progress }), loadModules()]);
  shutdown.before(() => stack.stop());
  const prepared = await prepare({ stack, dataDir, progress, makeTables: stack.embeddedSource });
  const sample = running.sample && stack.embeddedSource;
  await Promise.all([sample ? fillSource(stack, prepared.sourceProjectId, progress) : undefined, building]);
  await serve(running, stack, prepared, sample);
}

async function serve(running: Running, stack: Stack, prepared: Prepared, sample: boolean): Promise<void> {
  const { mode, dataDir, progress, shutdown } = running;
  const failed = (why: string) => {
    if (shutdown.begun()) return;
    console.error(`\n${why}`);
    void shutdown.end(1);
  };
  const app = await startApp({
    mode,
    stack,
    watched: true,
    progress,
    onStarted: (it) => shutdown.before(() => endApp(it)),
  });
  shutdown.before(superviseAll(stack.parts, app.parts, { progress, failed }));
  const { apiKey = null, login = null } = prepared.keys;
  writeStackFile(dataDir, { web: app.web, apiKey, projectId: prepared.projectId, login, ...stack.stack });
  shutdown.before(() => removeStackFile(dataDir));
  if (sample) {
    await firstExport({ dataDir, web: app.web, apiKey, projectId: prepared.projectId, s3: stack.stack.s3, progress });
    shutdown.before(keepFilling(stack, prepared.sourceProjectId, progress));
  }
  console.log(welcome(app.web, login, dataDir));
}

function welcome(web: string, login: Prepared["keys"]["login"] | null, dataDir: string): string {
  const signIn = login ? `${login.email}  password  ${login.password}` : "with your own login";
  return `
  Penstock is ready:  ${web}
  Sign in:            ${signIn}
  Addresses and keys: ${join(dataDir, "stack.json")}
  Logs:               ${join(dataDir, "logs")}
  Press Ctrl-C to stop. The data is kept.
`;
}
