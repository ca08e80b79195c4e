import { runTests } from "./checks/run-tests";

/** Where the fault matrices are. */
const MATRICES = "worker/faults-";

/** `npm run test:long`: the whole of the fault matrices. More arguments go to Vitest. */
process.env.PENSTOCK_LONG = "1";
void runTests(() => ({ only: ["integration"], rest: [MATRICES, ...process.argv.slice(2)] }));
