import type { FilesOutline } from "../declaration";
import { amazonEndpoint } from "./amazon";
import type { S3Config, S3Secret } from "./schema";
import type { S3Destination } from "./settings";

const url = (bucket: string, path: string) => `s3://${bucket}/${path}`;

/** See `Outline`. */
export const s3Outline: FilesOutline<S3Config, S3Secret, S3Destination> & { setup: "policy" } = {
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
  secrets: ["secretAccessKey"],
  folder: ({ prefix }) => prefix,
  url,
  encryption: ({ encryption }) => (encryption === "none" ? null : encryption),
};
