import { BASE_PATH } from "@/lib/base-path";

/** What the bundles have of the build's environment. */
export const BAKED = { "process.env.PENSTOCK_BASE_PATH": JSON.stringify(BASE_PATH) };
