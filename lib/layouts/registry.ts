import { template } from "./template";
import type { Layout } from "./types";

/** Every layout by its name on the wire. */
export const layouts = { template } satisfies Record<string, Layout>;
