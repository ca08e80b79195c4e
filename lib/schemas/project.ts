import { z } from "zod";
import { idSchema } from "./common";

export const projectSchema = z.object({ id: idSchema, name: z.string(), sourceProjectId: z.number().int() });

const checkSchema = z.object({ ok: z.boolean(), message: z.string() });

export const healthSchema = z.object({
  status: z.enum(["ok", "degraded"]),
  checks: z.object({ postgres: checkSchema, clickhouse: checkSchema, temporal: checkSchema, worker: checkSchema }),
});

export type Project = z.infer<typeof projectSchema>;
export type Health = z.infer<typeof healthSchema>;
