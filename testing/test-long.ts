import { runTests } from "./stack/run-tests";

/**
 * The files of which `npm test` takes a sample: fault matrices, stand-ins, combinations, hostile values, requests
 * made from the API's document, clusters and odd columns of the source, what takes minutes to cancel, and a property test.
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
];

/** `npm run test:long`: the whole of each of these files. More arguments go to Vitest. */
process.env.PENSTOCK_LONG = "1";
void runTests(() => ({ only: ["unit", "integration"], rest: [...LONG, ...process.argv.slice(2)] }));
