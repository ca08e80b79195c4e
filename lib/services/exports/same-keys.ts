import type { S3Config } from "@/lib/schemas/connection";
import type { S3Destination } from "@/lib/schemas/destination";
import type { Schedule } from "@/lib/schemas/schedule";
import { bucketAddress } from "@/lib/services/buckets/address";

export interface Writer {
  model: string;
  destination: S3Destination;
  schedule: Pick<Schedule, "every">;
  connection: Pick<S3Config, "endpoint" | "bucket" | "region">;
}

/** Whether two exports would write the same keys of the same bucket, so that each would overwrite the other's files. */
export const sameKeys = (a: Writer, b: Writer): boolean => placeOf(a) === placeOf(b);

function placeOf({ model, destination, schedule, connection }: Writer): string {
  const { endpoint, bucket } = bucketAddress(connection);
  const { prefix, layout, format, compression } = destination;
  return JSON.stringify([endpoint, bucket, prefix, layout, model, format, compression, schedule.every]);
}
