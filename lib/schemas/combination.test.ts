import { describe, expect, it } from "vitest";
import { s3DestinationSchema } from "../destinations/s3/settings";
import { NO_FILTERS } from "../fields/filters";
import { changedProblems, combinationProblems } from "./combination";
import { createExportSchema } from "./export";

const spec = {
  name: "E",
  connectionId: "5b0f3f0e-8a4b-4c55-9d0c-1f3f5f0f9a10",
  destination: { type: "s3" },
  schedule: { every: "hour" },
};

/** An export's problems as a form or the API reports them. */
function problems(given: object): string[] {
  const parsed = createExportSchema.safeParse({ ...spec, ...given });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

const s3 = (destination: object) => ({ destination: { type: "s3", ...destination } });

describe("what can't be combined is refused with its reason", () => {
  it.each<[object, string]>([
    [
      { ...s3({ layout: "amplitude" }), model: "persons" },
      "model: Must be one of events, merged_ids, events_and_merged_ids with the layout amplitude.",
    ],
    [s3({ layout: "amplitude", format: "csv" }), "destination.format: Must be jsonl with the layout amplitude."],
    [
      s3({ layout: "amplitude", compression: "none" }),
      "destination.compression: Must be gzip with the layout amplitude.",
    ],
    [
      { ...s3({ layout: "amplitude" }), schedule: { every: "15m" } },
      "schedule.every: Must be an hour or longer: this layout writes one set of files per hour.",
    ],
    [
      { ...s3({ layout: "amplitude" }), schedule: { every: "day", timezone: "Asia/Kolkata" } },
      "schedule.timezone: Must differ from UTC by whole hours: this layout writes one set of files per hour.",
    ],
    [
      { ...s3({ layout: "clevertap" }), model: "merged_ids" },
      "model: Must be one of events, persons with the layout clevertap.",
    ],
    [
      s3({ layout: "clevertap", maxFileSizeMb: 101 }),
      "destination.maxFileSizeMb: Must be at most 100 with the layout clevertap.",
    ],
    [s3({ layout: "template", partitionByEvent: true }), "destination.partitionByEvent: Only for the layout hive."],
    [
      { ...s3({ layout: "hive", partitionByEvent: true }), model: "persons" },
      "destination.partitionByEvent: Only for events: these rows belong to no event.",
    ],
    [s3({ orgId: 7 }), "destination.orgId: Only for the layout amplitude."],
    [
      { ...s3({ prefix: "a/" }), model: "events_and_merged_ids" },
      "destination.prefix: Must contain {table_name}: the export has several tables, and their files would overwrite each other.",
    ],
    [
      s3({ format: "jsonl", compression: "snappy" }),
      "destination.compression: Must be one of gzip, zstd, none with the format jsonl.",
    ],
    [
      s3({ format: "parquet", compression: "snappy", compressionLevel: 3 }),
      "destination.compressionLevel: Must be left out: the compression snappy has no levels.",
    ],
    [
      s3({ compression: "gzip", compressionLevel: 10 }),
      "destination.compressionLevel: Must be at most 9 with the compression gzip.",
    ],
    [s3({ format: "jsonl", defuseFormulas: true }), "destination.defuseFormulas: Only for the format csv."],
    [s3({ bucketKeyEnabled: true }), "destination.bucketKeyEnabled: Only for the encryption aws:kms."],
    [
      s3({ encryption: "aws:kms:dsse", bucketKeyEnabled: true }),
      "destination.bucketKeyEnabled: Only for the encryption aws:kms.",
    ],
    [
      { ...s3({}), columns: [{ name: "uuid" }, { name: "uid" }] },
      "columns.1.name: Not a column of events. Must be one of: uuid, event, distinct_id, person_id, timestamp, created_at, inserted_at, properties, person_properties, elements_chain, ip.",
    ],
    [
      { columns: [{ name: "uuid" }, { name: "ip", as: "uuid" }] },
      "columns.1.as: Another column has the name uuid. Choose another name.",
    ],
    [
      { columns: [{ name: "event" }, { name: "uuid", as: "Event" }] },
      "columns.1.as: Another column has the name event, which differs only in case. Choose another name.",
    ],
    [
      { columns: [{ name: "uuid", as: "IP" }, { name: "ip" }] },
      "columns.0.as: Another column has the name ip, which differs only in case. Choose another name.",
    ],
    [
      { ...s3({ layout: "hive" }), columns: [{ name: "timestamp", as: "Date" }] },
      "columns.0.as: Must not be date: readers make a column of the folders date=….",
    ],
    [
      { ...s3({ layout: "hive", partitionByEvent: true }), columns: [{ name: "uuid", as: "event" }] },
      "columns.0.as: Must not be event: readers make a column of the folders event=….",
    ],
    [
      {
        ...s3({ layout: "hive", partitionByEvent: true }),
        columns: [{ name: "event" }, { name: "uuid", as: "event_name" }],
      },
      "columns.1.as: Another column has the name event_name. Choose another name.",
    ],
    [
      { ...s3({ prefix: "a/Day={day}/" }), columns: [{ name: "timestamp", as: "day" }] },
      "columns.0.as: Must not be day: readers make a column of the folders day=….",
    ],
    [
      { columns: [{ name: "uuid", as: "a b" }] },
      "columns.0.as: Must be 1 to 64 letters, digits, and underscores, and must not start with a digit.",
    ],
    [
      { ...s3({ layout: "clevertap" }), columns: [{ name: "event", as: "name" }] },
      "columns.0.as: Must be left out: the layout sets the names in these files.",
    ],
    [
      { ...s3({ prefix: "{table_name}/" }), model: "events_and_merged_ids", columns: [{ name: "uuid" }] },
      "columns: Select at least one column of merged_ids.",
    ],
    [
      { model: "persons", filters: { includeEvents: ["a"] } },
      "filters.includeEvents: Only for events, not for persons.",
    ],
    [
      { model: "persons", filters: { properties: [{ column: "person_properties", key: "a", operator: "is_set" }] } },
      "filters.properties.0.column: Must be properties with persons.",
    ],
    [
      { filters: { properties: [{ column: "properties", key: "a", operator: "greater", value: "ten" }] } },
      "filters.properties.0.value: Must be a number with the operator greater.",
    ],
  ])("%j", (given, problem) => {
    expect(problems(given)).toEqual([problem]);
  });

  it.each<[string, object]>([
    ["the defaults", {}],
    ["Amplitude's both", { ...s3({ layout: "amplitude", orgId: 7 }), model: "events_and_merged_ids" }],
    [
      "Amplitude's layout by day, an hour's distance from UTC",
      { ...s3({ layout: "amplitude" }), schedule: { every: "day", timezone: "Europe/Berlin" } },
    ],
    ["CleverTap's profiles", { ...s3({ layout: "clevertap", format: "xml" }), model: "persons" }],
    ["a column that folders would be named by in another layout", { columns: [{ name: "timestamp", as: "date" }] }],
    [
      "a column under the name of one that is left out",
      { ...s3({ layout: "hive" }), columns: [{ name: "uuid", as: "event" }] },
    ],
    [
      "the event under a name of its own beside its folders",
      {
        ...s3({ layout: "hive", partitionByEvent: true }),
        columns: [
          { name: "event", as: "what" },
          { name: "ip", as: "event_name" },
        ],
      },
    ],
    ["a prefix that ends within a name", { ...s3({ prefix: "date=" }), columns: [{ name: "timestamp", as: "date" }] }],
    ["Parquet by event", s3({ layout: "hive", format: "parquet", partitionByEvent: true })],
    [
      "hashed columns in Amplitude's layout",
      { ...s3({ layout: "amplitude" }), columns: [{ name: "distinct_id", hash: true }] },
    ],
  ])("%s can be", (_, given) => {
    expect(problems(given)).toEqual([]);
  });

  it("has the defaults of its format and layout", () => {
    const defaults = (destination: object) => {
      const { compression, maxFileSizeMb } = s3DestinationSchema.parse({ type: "s3", ...destination });
      return [compression, maxFileSizeMb];
    };
    expect(defaults({})).toEqual(["gzip", 256]);
    expect(defaults({ format: "parquet" })).toEqual(["zstd", 256]);
    expect(defaults({ layout: "clevertap", format: "parquet" })).toEqual(["gzip", 100]);
  });
});

describe("a change of an export that was saved before a rule came", () => {
  const stored = createExportSchema.parse({ ...spec, ...s3({ layout: "hive" }) });
  const kept = { ...stored, columns: [{ name: "timestamp", as: "date", hash: false }] };

  it("may leave as it is what the rule refuses, and add no more of it", () => {
    expect(combinationProblems(kept)).toHaveLength(1);
    expect(changedProblems({ ...kept, filters: { ...NO_FILTERS, includeEvents: ["a"] } }, kept)).toEqual([]);
    const more = { ...kept, columns: [...kept.columns, { name: "inserted_at", as: "hour", hash: false }] };
    expect(changedProblems(more, kept).map(({ path }) => path.join("."))).toEqual(["columns.1.as"]);
  });
});
