import { LONG_FILES } from "./stack/long-files";
import { runTests } from "./stack/run-tests";

/** `npm run test:long`: all of these files in full. Additional arguments go to Vitest. */
process.env.PENSTOCK_LONG = "1";
void runTests(() => ({ only: ["unit", "integration"], rest: [...LONG_FILES, ...process.argv.slice(2)] }));
