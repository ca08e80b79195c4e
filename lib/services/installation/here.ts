import type { Env } from "@/lib/env";
import type { Here } from "./judge";

/** Where this process finds Temporal, and the address of its web app. */
export const hereOf = ({ TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, APP_URL }: Env): Here => ({
  temporal: `${TEMPORAL_ADDRESS}/${TEMPORAL_NAMESPACE}`,
  appUrl: new URL(APP_URL).href,
});
