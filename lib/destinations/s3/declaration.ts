import { z } from "zod";
import { connectionSchemas } from "../connection-schemas";
import type { FilesDeclaration } from "../declaration";
import { amazonEndpoint, isAmazon, kindProblems } from "./amazon";
import { bucketAddress } from "./bucket-address";
import { configProblems, type S3Config, type S3Secret, s3ConfigSchema, s3SecretSchema } from "./schema";
import { ENCRYPTIONS, type S3Destination, s3DestinationSchema } from "./settings";
import { s3 as writing } from "./writing";

const url = (bucket: string, path: string) => `s3://${bucket}/${path}`;

const declaration: FilesDeclaration<S3Config, S3Secret, S3Destination> & { setup: "policy" } = {
  kind: "files",
  setup: "policy",
  form: {
    label: "Amazon S3 or compatible",
    note: "Files in a bucket, in a layout and format of your choice.",
    connection: [],
    settings: [],
  },
  place: ({ bucket }) => bucket,
  address: ({ bucket, prefix }) => url(bucket, prefix),
  location: ({ endpoint, region, bucket, prefix }) => ({
    endpoint: endpoint ?? amazonEndpoint(region),
    bucket,
    prefix,
  }),
  secretGoesTo: ({ endpoint }) => (endpoint === null ? "Amazon S3" : new URL(endpoint).origin),
  noSecret: ({ auth }) => (auth === "role" || auth === "policy" ? { secretAccessKey: null } : null),
  writing,
  bucket: bucketAddress,
  folder: ({ prefix }) => prefix,
  url,
  encryption: ({ encryption }) => (encryption === "none" ? null : encryption),
  // Runs of earlier versions pinned no requesterPays.
  reach: ({ endpoint, region, bucket, forcePathStyle, requesterPays = false }) => ({
    endpoint: isAmazon(endpoint) ? null : endpoint,
    region,
    bucket,
    forcePathStyle,
    requesterPays,
  }),
};

export const s3 = {
  ...declaration,
  ...connectionSchemas({
    type: "s3",
    config: s3ConfigSchema,
    secret: s3SecretSchema,
    // The encryption that its exports will request.
    trial: {
      encryption: z.enum(ENCRYPTIONS).default("none"),
      kmsKeyId: z.string().trim().min(1).max(2048).nullable().default(null),
    },
    check: (value, ctx) => {
      for (const { path, message } of [...configProblems(value, false), ...kindProblems(value)])
        ctx.addIssue({ code: "custom", path: [path], message });
    },
  }),
  settings: s3DestinationSchema,
};
