import { readArguments } from "./stack/arguments";
import { runTests } from "./stack/run-tests";

/** `npm test`: every check and test, with only a sample of those in `npm run test:long`. */
void runTests(() => readArguments(process.argv.slice(2)));
