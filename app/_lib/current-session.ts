import { cache } from "react";
import { getSession } from "@/lib/services/auth";

/** `getSession`, once per request and wanted organization. */
export const currentSession = cache(getSession);
