import { runStatic } from "./stack/run-static";

/** `npm run verify`: the checks and the unit tests, without any service. */
void runStatic();
