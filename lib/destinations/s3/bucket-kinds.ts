const ACCESS_POINT =
  "Must be a bucket's own name, not an access point. Enter the name of the bucket behind it: Penstock finds exports that would write the same key by the bucket's name.";

/**
 * Endings of names at Amazon that Penstock refuses, with the reason. Source: "General purpose bucket naming rules" in
 * the Amazon S3 user guide, which reserves them.
 */
const REFUSED: readonly [RegExp, string][] = [
  [/(?:-s3alias|--(?:ol|op)-s3|\.mrap)$/, ACCESS_POINT],
  // Source: "Differences for directory buckets" in the same guide.
  [
    /--xa?-s3$/,
    "Must not be a directory bucket. Enter a general purpose bucket: a directory bucket's listings have no order, and its ETags say nothing about the bytes.",
  ],
  [/--table-s3$/, "Must not be a table bucket. Enter a general purpose bucket, which stores files."],
];

/** The reason why a bucket is refused by its ARN: only access points, and other kinds of storage, need one. */
export const arnProblem = (bucket: unknown): string | null =>
  typeof bucket === "string" && bucket.startsWith("arn:") ? ACCESS_POINT : null;

/** The reason why exports can't write to what has this name at Amazon. */
export const kindProblem = (bucket: string): string | null =>
  REFUSED.find(([ending]) => ending.test(bucket))?.[1] ?? null;
