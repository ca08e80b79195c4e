import { z } from "zod";

export const idSchema = z.uuid("must be an id as the API returns them");

/** A moment as ISO-8601 with an offset or Z; everything is kept and answered in UTC. */
export const timeSchema = z.iso.datetime({
  offset: true,
  error: "must be a time like 2026-03-29T00:00:00Z (ISO-8601 with Z or an offset)",
});

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
