import { z } from "zod";

export const verifyStepSchema = z.object({
  name: z.string(),
  /** `unknown`: it was tried, and the answer leaves open whether it works. */
  status: z.enum(["passed", "failed", "skipped", "unknown"]),
  message: z.string(),
  fix: z.string().optional(),
  /** The fix for what was missing, to paste: an IAM statement (JSON), SQL, or a command. */
  statement: z.string().optional(),
});

export const verifyResultSchema = z.object({ ok: z.boolean(), steps: z.array(verifyStepSchema) });

/** Whether steps that need this one are not tried: they are after `unknown`, because they may show more. */
export const stopsOthers = ({ status }: Pick<VerifyStep, "status">): boolean =>
  status === "failed" || status === "skipped";

export type VerifyStep = z.infer<typeof verifyStepSchema>;
export type VerifyResult = z.infer<typeof verifyResultSchema>;
