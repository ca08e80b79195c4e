import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/**
 * `npm run drill`: restores a database from a backup and loses Temporal, on a stack of its own, and says what happens.
 * The drills are integration tests, which also run in `npm test`.
 */
const DRILLS = ["worker/tests/restore.integration", "worker/tests/lost-temporal.integration"];

const { status } = spawnSync(
  process.execPath,
  [resolve("local/bootstrap.mjs"), "test", "--only", "integration", "--", ...DRILLS],
  { stdio: "inherit", env: { ...process.env, PENSTOCK_DRILL: "1" } },
);
process.exitCode = status ?? 1;
