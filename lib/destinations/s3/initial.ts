import { usualOf } from "../files/usual";
import type { S3Destination } from "./settings";

const CHOSEN = { layout: "template", format: "jsonl" } as const;

/** The settings of a new export: the schema's defaults. */
export const s3Initial: S3Destination = {
  type: "s3",
  ...CHOSEN,
  prefix: "",
  compressionLevel: null,
  partitionByEvent: false,
  defuseFormulas: false,
  orgId: null,
  encryption: "none",
  kmsKeyId: null,
  bucketKeyEnabled: false,
  ...usualOf(CHOSEN),
};
