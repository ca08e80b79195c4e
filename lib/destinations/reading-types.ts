/** How anyone reaches a bucket, without credentials. */
export interface Reach {
  /** Null for Amazon S3. */
  endpoint: string | null;
  region: string;
  bucket: string;
  forcePathStyle: boolean;
  requesterPays: boolean;
}
