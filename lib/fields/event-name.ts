import { z } from "zod";

/** An event name in the source, with its number of events. */
export const eventNameSchema = z.object({ name: z.string(), count: z.number().int() });

export type EventName = z.infer<typeof eventNameSchema>;
