import { readArguments } from "./checks/arguments";
import { runTests } from "./checks/run-tests";

/** `npm test`: every check and every test, of the fault matrices a sample. */
void runTests(() => readArguments(process.argv.slice(2)));
