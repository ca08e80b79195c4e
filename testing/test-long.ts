import { runTests } from "./stack/run-tests";

/**
 * The files that `npm test` only samples: fault matrices, stand-ins, combinations, hostile values, requests from the
 * API's document, clusters and odd columns of the source, slow cancellations, lost keys, splits and faults of checks,
 * groups of files, old workers, restarts, snippets, a property test, and the image.
 */
const LONG = [
  "worker/tests/faults-",
  "worker/tests/snowflake.",
  "worker/tests/bigquery.",
  "worker/tests/combinations.",
  "worker/tests/values.",
  "keys-meet.property",
  "app/api/schemathesis.",
  ".cluster.",
  "lib/source/odd-columns.",
  "worker/tests/cancel.",
  "worker/tests/lost-keys.",
  "worker/tests/ask-source.",
  "worker/tests/groups.",
  "worker/tests/versions.",
  "worker/tests/warehouse-crashes.",
  "worker/tests/snippets",
  "lib/source/strict.",
  "local/run/product.",
  "testing/image/",
];

/** `npm run test:long`: all of these files in full. Additional arguments go to Vitest. */
process.env.PENSTOCK_LONG = "1";
void runTests(() => ({ only: ["unit", "integration"], rest: [...LONG, ...process.argv.slice(2)] }));
