import { z } from "zod";

/** An event name as the source has it, with how many events carry it. */
export const eventNameSchema = z.object({ name: z.string(), count: z.number().int() });

export type EventName = z.infer<typeof eventNameSchema>;
