import { events } from "./events";
import type { Model } from "./types";

/** Every model by its name on the wire. */
export const models = { events } satisfies Record<string, Model>;
