import type { Place } from "../core/tools";
import { folder } from "./folder";
import { type Bucket, bucketPlace } from "./s3/place";

/** Says where a place is. Plain data, so that another thread can open the same. */
export type PlaceData = { type: "folder"; path: string } | { type: "s3"; bucket: Bucket };

export const openPlace = (data: PlaceData): Place =>
  data.type === "folder" ? folder(data.path) : bucketPlace(data.bucket);
