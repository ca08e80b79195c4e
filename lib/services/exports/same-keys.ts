import { codecOf } from "@/lib/formats/codec";
import { type ModelName, partsOf } from "@/lib/models/registry";
import type { S3Config } from "@/lib/schemas/connection";
import type { S3Destination } from "@/lib/schemas/destination";
import type { Schedule } from "@/lib/schemas/schedule";
import { bucketAddress } from "@/lib/services/buckets/address";

export interface Writer {
  model: ModelName;
  projectId: string;
  destination: S3Destination;
  schedule: Pick<Schedule, "every">;
  connection: Pick<S3Config, "endpoint" | "bucket" | "region">;
}

/** Whether two exports would write the same keys of the same bucket, so that each would overwrite the other's files. */
export function sameKeys(a: Writer, b: Writer): boolean {
  const places = new Set(placesOf(a));
  return placesOf(b).some((place) => places.has(place));
}

/** What tells apart the keys of each table of an export. */
function placesOf({ model, projectId, destination, schedule, connection }: Writer): string[] {
  const { endpoint, bucket } = bucketAddress(connection);
  const { prefix, layout, format } = destination;
  // Every run of CleverTap's layout has its request id in its keys.
  if (layout === "clevertap") return [];
  // Amplitude's keys name project and hour, whatever the schedule; the others have the window's bounds.
  const by = layout === "amplitude" ? [projectId] : [format, codecOf(destination), schedule.every];
  return partsOf(model).map(({ table }) => JSON.stringify([endpoint, bucket, prefix, layout, table, ...by]));
}
