import { createHash } from "node:crypto";
import fc from "fast-check";
import { type S3Destination, s3DestinationSchema } from "@/lib/destinations/s3/settings";
import { s3 } from "@/lib/destinations/s3/writing";
import type { KeyInput } from "@/lib/destinations/writing-types";
import { LAYOUT_NAMES, type LayoutName, layoutOf } from "@/lib/rows/layouts/registry";
import type { EventName } from "@/lib/rows/layouts/types";
import { type ModelName, tablesOfModel } from "@/lib/rows/tables/registry";
import { HOUR } from "@/lib/units";
import type { Window } from "@/lib/windows/types";

/** The fields that determine an export's keys. */
export type KeyedExport = Pick<KeyInput<S3Destination>, "model" | "destination" | "sourceProjectId">;

const at = (iso: string, ms = 0) => new Date(Date.parse(iso) + ms);

/** An hour, a day, and windows with fractional seconds or lengths; they share bounds if possible. */
const windows: fc.Arbitrary<Window> = fc
  .tuple(
    fc.constantFrom(at("2026-03-29T00:00:00Z"), at("2025-12-31T23:00:00Z"), at("2026-03-29T00:00:00Z", 100)),
    fc.constantFrom(300, 900_000, HOUR, 24 * HOUR),
  )
  .map(([start, length]) => ({ start, end: new Date(start.getTime() + length) }));

const eventOf = (name: string): EventName => {
  const bytes = Buffer.from(name);
  return { hex: bytes.toString("hex"), sha256: createHash("sha256").update(bytes).digest("hex") };
};
const events = fc
  .constantFrom(
    "a",
    "Sign up",
    "",
    "profiles",
    "manifest",
    "-2026",
    "../a",
    "__HIVE_DEFAULT_PARTITION__",
    "ü".repeat(99),
  )
  .map(eventOf);

/** The windows, events, ordinals, and revisions for generating keys. */
export const situations = fc.record({
  windows: fc.array(windows, { minLength: 2, maxLength: 4 }),
  events: fc.uniqueArray(events, { minLength: 1, maxLength: 2, selector: ({ hex }) => hex }),
  parts: fc.uniqueArray(fc.constantFrom([0, 1], [0, 2], [1, 2], [9999, 10_000]), { minLength: 1, maxLength: 2 }),
  fileSchema: fc.constantFrom(1 as const, 2 as const),
  revisions: fc.uniqueArray(fc.constantFrom(1, 2, 13), { minLength: 1, maxLength: 2 }),
});
type Situation = typeof situations extends fc.Arbitrary<infer T> ? T : never;

/** Pieces of a prefix, each with a possible value in one of the windows above. */
const PIECES = {
  "{year}": "2026",
  "{month}": "03",
  "{day}": "29",
  "{hour}": "00",
  "{minute}": "00",
  "{second}": "00",
  "{table_name}": "events",
  "{data_interval_start}": "20260329T000000.100Z",
  "{data_interval_end}": "20260329T010000Z",
  "raw/": "raw/",
  "/": "/",
  "-": "-",
  _: "_",
  "18": "18",
  "date=": "date=",
  "event=": "event=",
  "_manifests/": "_manifests/",
};
type Piece = keyof typeof PIECES;
const pieces = fc.array(fc.constantFrom(...(Object.keys(PIECES) as Piece[])), { maxLength: 4 });

/** Two prefixes with common text: equal, one with variables written out, or with different ends. */
const prefixes = fc
  .tuple(pieces, pieces, pieces, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), fc.nat(2))
  .map(([head, one, other, written, kind]): [string, string] => {
    const out = head.map((piece, index) => (written[index] ? PIECES[piece] : piece));
    const [first, second] = [head.join(""), out.join("")];
    if (kind === 0) return [first, second];
    if (kind === 1) return [`${first}${one.join("")}`, `${second}${one.join("")}`];
    return [`${first}${one.join("")}`, `${second}${other.join("")}`];
  });

/** Compatible settings with a prefix; null if they are invalid. */
const settingsOf = (prefix: string, layouts: readonly LayoutName[]) =>
  fc
    .record({
      layout: fc.constantFrom(...layouts),
      format: fc.nat(),
      model: fc.nat(),
      compression: fc.constantFrom(undefined, "none" as const),
      partitionByEvent: fc.boolean(),
      orgId: fc.constantFrom(null, 1, 18),
      sourceProjectId: fc.constantFrom(1, 18, 187),
    })
    .map(
      ({ layout: name, format, model, compression, partitionByEvent, orgId, sourceProjectId }): KeyedExport | null => {
        const layout = layoutOf(name);
        const parsed = s3DestinationSchema.safeParse({
          type: "s3",
          prefix,
          layout: name,
          format: layout.formats[format % layout.formats.length],
          compression: layout.codec ?? compression,
          partitionByEvent: name === "hive" && partitionByEvent,
          orgId: name === "amplitude" ? orgId : null,
        });
        if (!parsed.success) return null;
        const spec = { model: layout.models[model % layout.models.length]!, destination: parsed.data };
        const schedule = { every: "hour" as const, timezone: "UTC", atHour: 0, atWeekday: 0 };
        const filters = { includeEvents: [], excludeEvents: [], properties: [] };
        if (s3.problems({ ...spec, columns: null, filters, schedule }).length > 0) return null;
        return { ...spec, sourceProjectId };
      },
    );

/** Two valid exports that could share a bucket, usually with the same layout. */
export const pairs = fc
  .tuple(prefixes, fc.constantFrom(LAYOUT_NAMES, ...LAYOUT_NAMES.map((name) => [name])))
  .chain(([[one, other], layouts]) => fc.tuple(settingsOf(one, layouts), settingsOf(other, layouts)))
  .filter((pair): pair is [KeyedExport, KeyedExport] => pair[0] !== null && pair[1] !== null);

let runs = 0;
/** As unique as in the database. */
const nextRequestId = () => {
  runs += 1;
  return runs.toString(36).padStart(16, "0");
};

/** The keys that an export's runs write in a situation: files, markers, and manifests. */
export function keysIn({ model, destination, sourceProjectId }: KeyedExport, situation: Situation): Set<string> {
  const keys = new Set<string>();
  for (const window of situation.windows)
    for (const revision of situation.revisions) {
      const run = { runId: "run", requestId: nextRequestId(), revision, runAt: at("2026-03-29T01:02:03.456Z") };
      const keyed = { model, destination, sourceProjectId, window, fileSchema: situation.fileSchema, ...run };
      const files = filesOf(keyed, situation);
      for (const key of [...files, s3.manifestKey(keyed)!, ...s3.markerKeys(keyed, files)]) keys.add(key);
    }
  return keys;
}

function filesOf(keyed: KeyInput<S3Destination>, { events, parts }: Situation): string[] {
  const first = new Date(Math.floor(keyed.window.start.getTime() / HOUR) * HOUR);
  return tablesOfModel(keyed.model as ModelName).flatMap((table) => {
    const split = s3.split(table, keyed.destination);
    return (split.events ? events : [null]).flatMap((event) =>
      parts.map(([index = 0, total = 1]) =>
        s3.fileKey(keyed, table, { index, total, event, hour: split.hours ? first : null }),
      ),
    );
  });
}
