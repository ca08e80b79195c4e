import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { z } from "zod";
import { ApiError } from "./api";

const detailsSchema = z.array(z.object({ path: z.string(), message: z.string() }));

/** Shows the API's errors on the form's fields or, if none match, as the form's error. Returns the fields' paths. */
export function showServerErrors<T extends FieldValues>(
  form: Pick<UseFormReturn<T>, "setError" | "getValues">,
  error: Error,
): string[] {
  const details = detailsSchema.safeParse(error instanceof ApiError ? error.details : undefined);
  const known = (details.data ?? []).filter(({ path }) => has(form.getValues(), path));
  for (const { path, message } of known) form.setError(path as FieldPath<T>, { message });
  if (known.length === 0) form.setError("root", { message: error.message });
  return known.map(({ path }) => path);
}

function has(values: unknown, path: string): boolean {
  let value = values;
  for (const part of path.split(".")) {
    if (typeof value !== "object" || value === null || !(part in value)) return false;
    value = (value as Record<string, unknown>)[part];
  }
  return path !== "";
}
