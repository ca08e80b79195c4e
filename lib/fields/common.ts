import { z } from "zod";
import "./issue-message";

export const idSchema = z.uuid("Must be an ID that the API returned.");

/** A URL that browsers accept. Validation stops at an invalid one, so that later rules can rely on its parts. */
export const httpUrlSchema = z.url({
  protocol: /^https?$/,
  error: ({ input }) => (input === "" ? "Enter an http:// or https:// URL." : "Must be an http:// or https:// URL."),
  abort: true,
});

/** The URL of a service's API, without secrets or a query. */
export const serviceUrlSchema = httpUrlSchema.refine((value) => {
  const url = new URL(value);
  return url.username === "" && url.password === "" && url.search === "" && url.hash === "";
}, "Must not contain a user, a password, a query, or a fragment.");

/** Half of a surrogate pair, which is not valid in UTF-8. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** What PostgreSQL can't store of a text; null if it can store it. */
function textProblem(text: string): string | null {
  if (text.includes("\0")) return "the character NUL";
  return LONE_SURROGATE.test(text) ? "half of a surrogate pair" : null;
}

/**
 * A display name, on one line. In emails and lists, line breaks and characters that change the text direction could
 * make it look like something else.
 */
export const nameSchema = z
  .string()
  .trim()
  .min(1, "Enter a name.")
  .max(120)
  // Without the Unicode flag, which the API document can't express.
  .regex(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are refused
    /^[^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/,
    "Must not contain line breaks or control characters.",
  );

/** Maximum path length in a message. */
const DEEPEST = 10;

/**
 * Any value whose texts, including field names, can be stored. Every request passes this before its own schema, so that
 * texts that no schema covers are refused too.
 */
export const storableSchema = z.unknown().superRefine((value, ctx) => {
  // An explicit stack: values may be nested deeper than the call stack.
  const left: { value: unknown; path: string[] }[] = [{ value, path: [] }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, path } = next;
    const found = typeof value === "string" ? textProblem(value) : null;
    if (found !== null) return ctx.addIssue({ code: "custom", path, message: `Must not contain ${found}.` });
    if (typeof value !== "object" || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      const problem = textProblem(name);
      if (problem !== null)
        return ctx.addIssue({ code: "custom", path, message: `Contains a field whose name has ${problem}.` });
      // An error near the top needs its full path; schemas name nothing deeper.
      left.push({ value: inner, path: path.length < DEEPEST ? [...path, name] : path });
    }
  }
});

/** The bounds of all times that users may give: no window begins before the first or ends after the second. */
const EARLIEST = Date.parse("1970-01-01T00:00:00Z");
const LATEST = Date.parse("2200-01-01T00:00:00Z");

const isWithin = (time: number) => time >= EARLIEST && time <= LATEST;

/** An ISO-8601 time with an offset or Z; stored and returned in UTC. */
export const timeSchema = z.iso
  .datetime({
    offset: true,
    error: "Must be a time like 2026-03-29T00:00:00Z (ISO 8601 with Z or an offset).",
  })
  // An invalid time already has its own issue.
  .refine(
    (text) => Number.isNaN(Date.parse(text)) || isWithin(Date.parse(text)),
    "Must be between the years 1970 and 2200.",
  );

/** The version that an edit is based on. */
export const ifUpdatedAtSchema = timeSchema.describe(
  "The `updatedAt` of the version that the change is based on. If it has changed since, the response is 409 with the code `edit_conflict`, and `details` lists the given fields that differ from the stored ones.",
);

/** A time within a cursor. */
export const cursorTimeSchema = z.coerce.date().refine((time) => isWithin(time.getTime()));

export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  // Lists ordered by name carry the name in the cursor.
  cursor: z.string().max(1000).optional(),
});

/** `details` names the subjects of the error: a request field by its dotted path, or an object in the way. */
export const errorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
});

/** The format of every list that the API returns. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export interface List<T> {
  items: T[];
  nextCursor: string | null;
}
