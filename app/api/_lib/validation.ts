import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { storableSchema } from "@/lib/fields/common";

/** Converts Zod's issues to a 422: the message starts with the first invalid field, `details` lists them all. */
export function fromIssues(issues: readonly z.core.$ZodIssue[], status = 422): AppError {
  const details = issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const first = details[0];
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : "";
  const message = `${first?.path ? `${first.path}: ` : ""}${first?.message ?? "The request isn't valid."}${more}`;
  return new AppError(status === 400 ? "bad_request" : "invalid_request", message, status, details);
}

/**
 * Parses a value by its schema. Throws a 422, or the given status, that says what is wrong. Rejects texts that can't be
 * stored, even in fields the schema omits.
 */
export function validate<T extends z.ZodType>(schema: T, value: unknown, status = 422): z.output<T> {
  const result = storableSchema.pipe(schema).safeParse(value);
  if (!result.success) throw fromIssues(result.error.issues, status);
  return result.data;
}
