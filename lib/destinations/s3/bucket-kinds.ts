const ACCESS_POINT =
  "must be the bucket's own name, not an access point: enter the name of the bucket behind it, because exports that would write one key are found by the bucket's name";

/**
 * Endings of names at Amazon that Penstock refuses, with the reason. Source: "General purpose bucket naming rules" in
 * the Amazon S3 user guide, which reserves them.
 */
const REFUSED: readonly [RegExp, string][] = [
  [/(?:-s3alias|--(?:ol|op)-s3|\.mrap)$/, ACCESS_POINT],
  // Source: "Differences for directory buckets" in the same guide.
  [
    /--xa?-s3$/,
    "must not be a directory bucket: enter a general purpose bucket, because a directory bucket's listings have no order and its ETags say nothing about the bytes",
  ],
  [/--table-s3$/, "must not be a table bucket: enter a general purpose bucket, which takes files"],
];

/** The reason why a bucket is refused by its ARN: only access points, and other kinds of storage, need one. */
export const arnProblem = (bucket: unknown): string | null =>
  typeof bucket === "string" && bucket.startsWith("arn:") ? ACCESS_POINT : null;

/** The reason why exports can't write to what has this name at Amazon. */
export const kindProblem = (bucket: string): string | null =>
  REFUSED.find(([ending]) => ending.test(bucket))?.[1] ?? null;
