import { writingOf } from "@/lib/destinations/writing";
import type { ModelName } from "@/lib/models/registry";
import type { ConnectionConfig } from "@/lib/schemas/connection";
import type { Schedule } from "@/lib/schemas/schedule";
import type { Settings } from "@/lib/schemas/settings";
import { addressOf } from "@/lib/services/connections/address-of";

export interface Writer {
  model: ModelName;
  projectId: string;
  destination: Settings;
  schedule: Pick<Schedule, "every">;
  connection: ConnectionConfig;
}

/** Whether two exports would write the same keys of the same place, so that each would overwrite the other's files. */
export function sameKeys(a: Writer, b: Writer): boolean {
  const places = new Set(placesOf(a));
  return placesOf(b).some((place) => places.has(place));
}

function placesOf({ schedule, connection, ...spec }: Writer): string[] {
  const address = addressOf(spec.destination.type, connection);
  const { every } = schedule;
  return writingOf(spec.destination)
    .places({ ...spec, every })
    .map((place) => JSON.stringify([address, place]));
}
