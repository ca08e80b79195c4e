import { s3DestinationSchema } from "@/lib/destinations/s3/settings";
import { NO_FILTERS } from "@/lib/fields/filters";
import { filesReading, offersOf, type ToolOffer } from "@/lib/snippets";
import { type Cell, cells } from "./cells";

const STORAGES = {
  Amazon: { bucket: "my.lake", region: "eu-central-1", endpoint: null, forcePathStyle: false, requesterPays: false },
  Google: {
    bucket: "lake",
    region: "auto",
    endpoint: "https://storage.googleapis.com",
    forcePathStyle: true,
    requesterPays: false,
  },
  another: {
    bucket: "lake",
    region: "GRA",
    endpoint: "https://s3.gra.io.cloud.ovh.net",
    forcePathStyle: false,
    requesterPays: false,
  },
};

/** What every tool offers for every cell at several storages, without any file. */
export function samples(all: readonly Cell[] = cells()): { name: string; offers: ToolOffer[] }[] {
  return all.flatMap(({ name, model, destination }) =>
    Object.entries(STORAGES).map(([storage, reach]) => {
      const spec = { model, columns: null, filters: NO_FILTERS, fileSchema: 2 as const };
      const settings = s3DestinationSchema.parse(destination);
      const reading = filesReading({
        spec: { ...spec, destination: settings },
        reach,
        sourceProjectId: 7,
        since: new Date("2026-01-01T00:00:00Z"),
        run: null,
      });
      return { name: `${name} at ${storage}`, offers: offersOf(reading) };
    }),
  );
}
