import { runTests } from "./checks/run-tests";

/** Where the fault matrices and the long property test are. */
const LONG = ["worker/faults-", "keys-meet.property"];

/** `npm run test:long`: the whole of the fault matrices, and 50,000 pairs of exports whose keys may meet. More arguments go to Vitest. */
process.env.PENSTOCK_LONG = "1";
void runTests(() => ({ only: ["unit", "integration"], rest: [...LONG, ...process.argv.slice(2)] }));
