import { z } from "zod";
import { idSchema } from "../fields/common";

export const projectSchema = z.object({
  id: idSchema,
  name: z.string(),
  sourceProjectId: z.number().int(),
  /** Whether the key that encrypted the salt of hashed columns is gone: exports that hash fail until there is a new one. */
  saltUnreadable: z.boolean(),
});

const checkSchema = z.object({ ok: z.boolean(), message: z.string() });

export const healthSchema = z.object({
  status: z.enum(["ok", "degraded"]),
  checks: z.object({ postgres: checkSchema, clickhouse: checkSchema, temporal: checkSchema, worker: checkSchema }),
  clock: checkSchema
    .extend({
      differenceSeconds: z
        .number()
        .int()
        .nullable()
        .describe("How far the clock with the largest difference is ahead of the database's; null if unknown."),
    })
    .describe("Whether the clocks of the web app and the workers are within 5 s of the database's."),
});

export const liveSchema = z.object({ status: z.literal("ok") });

export const readySchema = z.object({ status: z.enum(["ok", "unavailable"]), message: z.string() });

export type Project = z.infer<typeof projectSchema>;
export type Health = z.infer<typeof healthSchema>;
export type Ready = z.infer<typeof readySchema>;
