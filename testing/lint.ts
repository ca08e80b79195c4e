import { runStatic } from "./stack/run-static";

/** `npm run lint`: lint and format, import rules, dead code. Changes nothing. */
void runStatic(["lint", "imports", "unused"]);
