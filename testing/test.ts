import { readArguments } from "./stack/arguments";
import { runTests } from "./stack/run-tests";

/** `npm test`: every check and every test, of what `npm run test:long` has in whole a sample. */
void runTests(() => readArguments(process.argv.slice(2)));
