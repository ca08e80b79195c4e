import { z } from "zod";

const rangeSchema = z.object({ from: z.number(), to: z.number() });

/** What a warehouse is expected to bill for what an export's runs read there. Approximate. */
export const costSchema = z.object({
  /** Bytes read, at least and at most; null if not even that is known. */
  perRun: rangeSchema.nullable(),
  /** Null also for an export that runs once. */
  perMonth: rangeSchema.nullable(),
  /** The month's bytes in US dollars, at list price. */
  dollarsPerMonth: rangeSchema.nullable(),
  /** What it rests on and what it leaves out, in sentences. */
  notes: z.array(z.string()),
});

export type Cost = z.infer<typeof costSchema>;
