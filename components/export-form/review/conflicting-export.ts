import { ApiError } from "@/lib/client/api";
import { detailsOf } from "@/lib/client/server-errors";

/** Another export that conflicts with this one. */
export interface Conflicting {
  id: string;
  name: string;
}

const EXPORTS = "exports.";

/** The scheduled profile export that caused a one-time export to be refused; null for every other error. */
export function conflictingExport(error: Error | null): Conflicting | null {
  if (!(error instanceof ApiError) || error.code !== "profile_export_scheduled") return null;
  const [first] = detailsOf(error);
  return first?.path.startsWith(EXPORTS) ? { id: first.path.slice(EXPORTS.length), name: first.message } : null;
}
