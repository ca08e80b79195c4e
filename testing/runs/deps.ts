import { type Dependencies, processDependencies } from "@/lib/services/dependencies";

/** What a test gives the steps that it takes itself: this process's, with the given ones instead. */
export const deps = (own: Partial<Dependencies> = {}): Dependencies => ({ ...processDependencies(), ...own });
