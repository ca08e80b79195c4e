import { readArguments } from "./checks/arguments";
import { runTests } from "./checks/run-tests";

/** `npm test`: every check and every test, of what `npm run test:long` has in whole a sample. */
void runTests(() => readArguments(process.argv.slice(2)));
