import { z } from "zod";

export const verifyStepSchema = z.object({
  name: z.string(),
  status: z.enum(["passed", "failed", "skipped"]),
  message: z.string(),
  fix: z.string().optional(),
  /** The fix for what was missing, to paste: an IAM statement (JSON), SQL, or a command. */
  statement: z.string().optional(),
});

export const verifyResultSchema = z.object({ ok: z.boolean(), steps: z.array(verifyStepSchema) });

export type VerifyStep = z.infer<typeof verifyStepSchema>;
export type VerifyResult = z.infer<typeof verifyResultSchema>;
