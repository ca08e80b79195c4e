import { isMainThread } from "node:worker_threads";
import { run } from "./run";
import { serveMeasurements } from "./worker";

if (isMainThread) process.exitCode = await run(process.argv.slice(2), new URL(import.meta.url));
else serveMeasurements();
