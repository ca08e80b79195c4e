import { z } from "zod";
import { fileSettings, oneOf } from "../files/settings";
import { usualOf } from "../files/usual";
import { ENCRYPTIONS, usesKms } from "./encryptions";

function kmsProblems(
  value: { encryption: string; kmsKeyId: string | null; bucketKeyEnabled: boolean },
  ctx: z.RefinementCtx,
): void {
  const issue = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
  if (!usesKms(value.encryption) && value.kmsKeyId !== null)
    issue("kmsKeyId", "Only for the encryption aws:kms or aws:kms:dsse.");
  // Amazon has no bucket keys for two layers.
  if (value.encryption !== "aws:kms" && value.bucketKeyEnabled)
    issue("bucketKeyEnabled", "Only for the encryption aws:kms.");
}

/** How an export writes to a bucket; its connection says where the bucket is and who writes. */
export const s3DestinationSchema = z
  .object({
    type: z.literal("s3", { error: 'Must be "s3".' }),
    ...fileSettings,
    encryption: z.enum(ENCRYPTIONS, oneOf(ENCRYPTIONS)).default("none"),
    /** With KMS: null means the account's own key `aws/s3`, which other accounts can't use. */
    kmsKeyId: z.string().trim().min(1).max(2048).nullable().default(null),
    /** aws:kms only: S3 Bucket Keys, which call KMS less often. */
    bucketKeyEnabled: z.boolean().default(false),
  })
  .superRefine(kmsProblems)
  .transform((value) => ({ ...value, ...usualOf(value) }));

export type S3Destination = z.infer<typeof s3DestinationSchema>;
export type S3DestinationInput = z.input<typeof s3DestinationSchema>;
