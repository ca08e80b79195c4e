import { z } from "zod";
import { COMPRESSIONS, FORMAT_NAMES, formats } from "@/lib/rows/formats/registry";
import type { Format } from "@/lib/rows/formats/types";
import { bytesOf, MOST_KEY_BYTES } from "@/lib/rows/layouts/key-bytes";
import { prefixProblem } from "@/lib/rows/layouts/prefix";
import { LAYOUT_NAMES, layoutOf } from "@/lib/rows/layouts/registry";

export const ENCRYPTIONS = ["none", "AES256", "aws:kms"] as const;
const DEFAULT_FILE_MB = 256;

const oneOf = (names: readonly string[]) => ({ error: `must be one of ${names.join(", ")}` });

function kmsProblems(
  value: { encryption: string; kmsKeyId: string | null; bucketKeyEnabled: boolean },
  ctx: z.RefinementCtx,
): void {
  const issue = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
  const kms = value.encryption === "aws:kms";
  if (kms && value.kmsKeyId === null) issue("kmsKeyId", "is required with the encryption aws:kms");
  if (!kms && value.kmsKeyId !== null) issue("kmsKeyId", "goes only with the encryption aws:kms");
  if (!kms && value.bucketKeyEnabled) issue("bucketKeyEnabled", "goes only with the encryption aws:kms");
}

/** How an export writes into a bucket; where the bucket is and who writes is the connection's. */
export const s3DestinationSchema = z
  .object({
    type: z.literal("s3", { error: 'must be "s3"' }),
    prefix: z
      .string()
      .refine((value) => bytesOf(value) <= MOST_KEY_BYTES, `must be at most ${MOST_KEY_BYTES} bytes in UTF-8`)
      .superRefine((value, ctx) => {
        const problem = prefixProblem(value);
        if (problem) ctx.addIssue({ code: "custom", message: problem });
      })
      .default(""),
    layout: z.enum(LAYOUT_NAMES, oneOf(LAYOUT_NAMES)).default("template"),
    format: z.enum(FORMAT_NAMES, oneOf(FORMAT_NAMES)).default("jsonl"),
    /** Left out, it is what readers of the format expect: gzip, for Parquet zstd. */
    compression: z.enum(COMPRESSIONS, oneOf(COMPRESSIONS)).optional(),
    /** 1 to 9 for gzip, 1 to 19 for zstd; null is 3. */
    compressionLevel: z.number().int("must be a whole number").min(1).max(19).nullable().default(null),
    /** Of what lies in the bucket. Left out, it is 256, or what the layout prescribes. */
    maxFileSizeMb: z.number().int("must be a whole number").min(1).max(5120).optional(),
    /** Layout hive only: a folder for each event. */
    partitionByEvent: z.boolean().default(false),
    /** CSV only: an apostrophe before text that a spreadsheet would take for a formula. */
    defuseFormulas: z.boolean().default(false),
    /** Layout amplitude only: the number that files of merged ids carry; null is the project's id in the source. */
    orgId: z.number().int("must be a whole number").min(0).max(4_294_967_295).nullable().default(null),
    encryption: z.enum(ENCRYPTIONS, oneOf(ENCRYPTIONS)).default("none"),
    kmsKeyId: z.string().trim().min(1).max(2048).nullable().default(null),
    /** aws:kms only: S3 Bucket Keys, which ask KMS less often. */
    bucketKeyEnabled: z.boolean().default(false),
  })
  .superRefine(kmsProblems)
  .transform((value) => {
    const layout = layoutOf(value.layout);
    const [usual] = (formats[value.format] as Format).compressions;
    return {
      ...value,
      compression: value.compression ?? layout.codec ?? usual ?? "none",
      maxFileSizeMb: value.maxFileSizeMb ?? layout.maxFileSizeMb ?? DEFAULT_FILE_MB,
    };
  });

export type S3Destination = z.infer<typeof s3DestinationSchema>;
export type S3DestinationInput = z.input<typeof s3DestinationSchema>;
