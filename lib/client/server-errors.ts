import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { ApiError } from "./api";

/** The subject of an API error: a request field by its dotted path, or an object in the way. */
interface Detail {
  path: string;
  message: string;
}

const isDetail = (value: unknown): value is Detail =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Partial<Detail>).path === "string" &&
  typeof (value as Partial<Detail>).message === "string";

/** The subjects of an API error; none if it names none. */
export function detailsOf(error: Error | null): Detail[] {
  const details = error instanceof ApiError ? error.details : null;
  return Array.isArray(details) && details.every(isDetail) ? details : [];
}

/** Shows the API's errors on the form's fields or, if none match, as the form's error. Returns the fields' paths. */
export function showServerErrors<T extends FieldValues>(
  form: Pick<UseFormReturn<T>, "setError" | "getValues">,
  error: Error,
): string[] {
  const known = detailsOf(error).filter(({ path }) => has(form.getValues(), path));
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
