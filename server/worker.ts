import { getEnv } from "@/lib/env";
import { runAlone } from "./process/alone";
import { startWorker } from "./process/app-processes";

/** One worker alone, with services given by URL; any number may run. */
void runAlone({
  name: "worker",
  checkEnv: getEnv,
  start: () => startWorker({ env: {}, log: "inherit", watched: true }),
});
