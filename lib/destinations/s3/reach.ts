import type { Reach } from "../reading-types";
import { isAmazon } from "./amazon";
import type { S3Config } from "./schema";

/** How readers reach a connection's bucket. Runs of earlier versions pinned no requesterPays. */
export const reach = ({ endpoint, region, bucket, forcePathStyle, requesterPays = false }: S3Config): Reach => ({
  endpoint: isAmazon(endpoint) ? null : endpoint,
  region,
  bucket,
  forcePathStyle,
  requesterPays,
});
