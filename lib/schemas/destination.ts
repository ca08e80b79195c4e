import { z } from "zod";
import { prefixProblem } from "../layouts/prefix";

const COMPRESSIONS = ["none", "gzip"] as const;
const ENCRYPTIONS = ["none", "AES256", "aws:kms"] as const;

/** How an export writes into a bucket; where the bucket is and who writes is the connection's. */
export const s3DestinationSchema = z
  .object({
    type: z.literal("s3", { error: 'must be "s3"' }),
    prefix: z
      .string()
      .max(512, "must be at most 512 characters")
      .superRefine((value, ctx) => {
        const problem = prefixProblem(value);
        if (problem) ctx.addIssue({ code: "custom", message: problem });
      })
      .default(""),
    layout: z.literal("template", { error: 'must be "template"' }).default("template"),
    format: z.literal("jsonl", { error: 'must be "jsonl"' }).default("jsonl"),
    compression: z.enum(COMPRESSIONS, { error: `must be one of ${COMPRESSIONS.join(", ")}` }).default("gzip"),
    maxFileSizeMb: z.number().int("must be a whole number").min(1).max(5120).default(256),
    encryption: z.enum(ENCRYPTIONS, { error: `must be one of ${ENCRYPTIONS.join(", ")}` }).default("none"),
    kmsKeyId: z.string().trim().min(1).max(2048).nullable().default(null),
  })
  .superRefine((value, ctx) => {
    if (value.encryption === "aws:kms" && value.kmsKeyId === null)
      ctx.addIssue({ code: "custom", path: ["kmsKeyId"], message: "is required with the encryption aws:kms" });
    if (value.encryption !== "aws:kms" && value.kmsKeyId !== null)
      ctx.addIssue({ code: "custom", path: ["kmsKeyId"], message: "goes only with the encryption aws:kms" });
  });

export type S3Destination = z.infer<typeof s3DestinationSchema>;
