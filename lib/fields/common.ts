import { z } from "zod";

export const idSchema = z.uuid("must be an id as the API returns them");

/** An address as a browser takes it; what is none is looked at no further, so that rules about its parts can rely on it. */
export const httpUrlSchema = z.url({
  protocol: /^https?$/,
  error: "must be an http:// or https:// address",
  abort: true,
});

/** The address of a service's API: it has a place for neither secrets nor a query. */
export const serviceUrlSchema = httpUrlSchema.refine((value) => {
  const url = new URL(value);
  return url.username === "" && url.password === "" && url.search === "" && url.hash === "";
}, "must not carry a user, a password, a query or a fragment");

/** Half of a surrogate pair, which is no character and has no UTF-8. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Why PostgreSQL can't keep a text, as the end of a sentence; null where it can. */
function textProblem(text: string): string | null {
  if (text.includes("\0")) return "must not contain the character NUL";
  return LONE_SURROGATE.test(text) ? "must not contain half of a surrogate pair" : null;
}

/**
 * What people call something, on one line: in mails and lists a line break or a sign that turns the direction of text around would make
 * it look like something else.
 */
export const nameSchema = z
  .string()
  .trim()
  .min(1, "is required")
  .max(120)
  // Without the flag for Unicode, which the API's document has no way to say.
  .regex(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
    /^[^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/,
    "must not contain line breaks or control characters",
  );

/** Fields of a path in a message. */
const DEEPEST = 10;

/**
 * Anything whose texts, names of fields too, can all be kept. Every request passes it before its own schema: a text that no
 * schema thought of is refused like the others.
 */
export const storableSchema = z.unknown().superRefine((value, ctx) => {
  // A list of what is left to look at: values may be nested deeper than calls may.
  const left: { value: unknown; path: string[] }[] = [{ value, path: [] }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, path } = next;
    const message = typeof value === "string" ? textProblem(value) : null;
    if (message !== null) return ctx.addIssue({ code: "custom", path, message });
    if (typeof value !== "object" || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      const problem = textProblem(name);
      if (problem !== null) return ctx.addIssue({ code: "custom", path, message: `has a field whose name ${problem}` });
      // The path is needed where something is wrong, which is near the top wherever a schema can name it.
      left.push({ value: inner, path: path.length < DEEPEST ? [...path, name] : path });
    }
  }
});

/** Between these two lie all moments that a user may give: no window begins before the first or ends after the second. */
const EARLIEST = Date.parse("1970-01-01T00:00:00Z");
const LATEST = Date.parse("2200-01-01T00:00:00Z");

const isWithin = (time: number) => time >= EARLIEST && time <= LATEST;

/** A moment as ISO-8601 with an offset or Z; everything is kept and answered in UTC. */
export const timeSchema = z.iso
  .datetime({
    offset: true,
    error: "must be a time like 2026-03-29T00:00:00Z (ISO-8601 with Z or an offset)",
  })
  // Of what is no time at all, enough is said by then.
  .refine((text) => Number.isNaN(Date.parse(text)) || isWithin(Date.parse(text)), "must be in the years 1970 to 2200");

/** A moment within a cursor. */
export const cursorTimeSchema = z.coerce.date().refine((time) => isWithin(time.getTime()));

export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  // Some lists are ordered by a name, which the cursor carries.
  cursor: z.string().max(1000).optional(),
});

/** `details` names what the error is about: a field of the request by its dotted path, or an object that stands in the way. */
export const errorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
});

/** The one shape of every list that the API answers. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export interface List<T> {
  items: T[];
  nextCursor: string | null;
}
