import { runStatic } from "./stack/run-static";

/** `npm run typecheck`: the types of the whole repository. */
void runStatic(["types"]);
