import { z } from "zod";
import { ApiError } from "@/lib/client/api";

/** Another export that conflicts with this one. */
export interface Conflicting {
  id: string;
  name: string;
}

const detailsSchema = z.array(z.object({ path: z.string().startsWith("exports."), message: z.string() })).min(1);

/** The scheduled profile export that caused a one-time export to be refused; null for every other error. */
export function conflictingExport(error: Error | null): Conflicting | null {
  if (!(error instanceof ApiError) || error.code !== "profile_export_scheduled") return null;
  const [first] = detailsSchema.safeParse(error.details).data ?? [];
  return first ? { id: first.path.slice("exports.".length), name: first.message } : null;
}
