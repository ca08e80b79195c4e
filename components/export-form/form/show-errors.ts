import type { UseFormReturn } from "react-hook-form";
import { ApiError } from "@/lib/client/api";
import { showServerErrors } from "@/lib/client/server-errors";
import type { CreateExport } from "@/lib/schemas/export";

/** Shows the API's errors on the form's fields. Returns their paths. */
export function showExportErrors(form: UseFormReturn<CreateExport>, error: Error): string[] {
  if (!(error instanceof ApiError) || error.code !== "prefix_taken") return showServerErrors(form, error);
  // It names the other export; the field to change is this one's prefix.
  form.setError("destination.prefix", { message: error.message });
  return ["destination.prefix"];
}
