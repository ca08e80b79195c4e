import { describe, expect, it } from "vitest";
import type { FileSettings } from "@/lib/destinations/files/settings";
import type { S3Destination } from "@/lib/destinations/s3/settings";
import { NO_FILTERS } from "@/lib/fields/filters";
import { formats } from "@/lib/rows/formats/registry";
import { layouts } from "@/lib/rows/layouts/registry";
import { combinationProblems } from "@/lib/schemas/combination";
import type { CreateExport } from "@/lib/schemas/export";
import { withFiles } from "../files/files-export";
import { problemSentence } from "./field-words";
import { follow } from "./follow";
import { newExport } from "./form";
import { usualSettings } from "./usual";

const newWith = (files: Partial<S3Destination>): CreateExport => withFiles(newExport(), files);

const chooseFiles = (before: CreateExport, files: Partial<S3Destination>) => follow(before, withFiles(before, files));

describe("what follows a choice", () => {
  it("takes Parquet's own compression, and back", () => {
    const { value, changes } = chooseFiles(newExport(), { format: "parquet" });
    expect(value.destination).toMatchObject({ compression: "zstd" });
    expect(changes).toEqual(["Compression: zstd"]);
    expect(chooseFiles(value, { format: "csv" }).value.destination).toMatchObject({ compression: "gzip" });
  });

  it("keeps a compression that was chosen, where it can", () => {
    const before = newWith({ compression: "none" });
    expect(chooseFiles(before, { format: "parquet" }).value.destination).toMatchObject({ compression: "none" });
  });

  it("takes CleverTap's size and compression, and gives them back", () => {
    const before = newWith({ format: "parquet", compression: "snappy" });
    const { value } = chooseFiles(before, { layout: "clevertap" });
    expect(value.destination).toMatchObject({ compression: "gzip", maxFileSizeMb: 100, prefix: "{table_name}/" });
    expect(chooseFiles(value, { layout: "hive" }).value.destination).toMatchObject({ maxFileSizeMb: 256 });
  });

  it("takes Amplitude's format and whole hours", () => {
    const before = newWith({ format: "csv", defuseFormulas: true });
    before.schedule.every = "15m";
    const { value, changes } = chooseFiles(before, { layout: "amplitude" });
    expect(value.destination).toMatchObject({ format: "jsonl", compression: "gzip", defuseFormulas: false });
    expect(value.schedule.every).toBe("hour");
    expect(changes).toContain("Schedule: every hour");
  });
});

describe("names of columns that folders have", () => {
  const column = (name: string, as: string | null = null) => ({ name, as, hash: false });

  it("are taken back where the layout or its folders make them so, and the columns stay", () => {
    const before = newExport();
    before.columns = [column("timestamp", "date"), column("uuid", "event_name"), column("event")];
    const { value, changes } = chooseFiles(before, { layout: "hive" });
    expect(value.columns).toEqual([column("timestamp"), column("uuid", "event_name"), column("event")]);
    expect(changes.join()).toContain("Columns");
    const parted = chooseFiles(value, { partitionByEvent: true }).value;
    expect(parted.columns).toEqual([column("timestamp"), column("uuid"), column("event")]);
    expect(combinationProblems(parted)).toEqual([]);
  });
});

describe("what follows the data", () => {
  it("leaves a layout that doesn't take them", () => {
    const before = newWith({ layout: "amplitude", prefix: "a/" });
    const { value } = follow(before, { ...before, model: "persons" });
    expect(value.destination).toMatchObject({ layout: "template" });
    expect(combinationProblems(value)).toEqual([]);
  });

  it("names the table where there are several", () => {
    const before = newWith({ prefix: "raw" });
    const { value } = follow(before, { ...before, model: "events_and_merged_ids" });
    expect(value.destination).toMatchObject({ prefix: "raw/{table_name}/" });
  });

  it("drops columns and filters that the new data don't have", () => {
    const before = newExport();
    before.columns = ["event", "properties"].map((name) => ({ name, as: null, hash: false }));
    before.filters = {
      includeEvents: ["a"],
      excludeEvents: [],
      properties: [
        { column: "person_properties", key: "k", operator: "is_set", value: null },
        { column: "properties", key: "k", operator: "is_set", value: null },
      ],
    };
    const { value } = follow(before, { ...before, model: "persons" });
    expect(value.columns?.map(({ name }) => name)).toEqual(["properties"]);
    expect(value.filters.includeEvents).toEqual([]);
    expect(value.filters.properties).toHaveLength(1);
  });
});

describe("what follows a warehouse", () => {
  const toTable = (table: string): CreateExport => {
    const settings = usualSettings("postgres");
    return { ...newExport(), destination: { ...settings, table } as CreateExport["destination"] };
  };

  it("leaves columns' names as they are, and says so", () => {
    const before = newExport();
    before.columns = [{ name: "event", as: "name", hash: true }];
    const { value, changes } = follow(before, { ...before, destination: usualSettings("snowflake") });
    expect(value.columns).toEqual([{ name: "event", as: null, hash: true }]);
    expect(changes).toEqual([expect.stringMatching(/^Columns: /)]);
  });

  it("names the table where there are several", () => {
    const before = toTable("product");
    const { value, changes } = follow(before, { ...before, model: "events_and_merged_ids" });
    expect(value.destination).toMatchObject({ table: "product_{table_name}" });
    expect(changes).toEqual(["Table: product_{table_name}"]);
    expect(combinationProblems(value)).toEqual([]);
  });
});

describe("every problem that has a fix", () => {
  it.each<[string, Partial<CreateExport> & { files?: Partial<FileSettings> }]>([
    ["a layout for other data", { model: "persons", files: { layout: "amplitude" } }],
    ["a format of another layout", { files: { layout: "amplitude", format: "csv" } }],
    ["a level without compression", { files: { compression: "none", compressionLevel: 3 } }],
    ["folders of events without events", { model: "merged_ids", files: { layout: "hive", partitionByEvent: true } }],
    ["filters of events without events", { model: "persons", filters: { ...NO_FILTERS, includeEvents: ["a"] } }],
  ])("is gone after it: %s", (_, { files, ...over }) => {
    const broken = { ...newWith(files ?? {}), ...over };
    const problems = combinationProblems(broken);
    expect(problems.filter(({ fix }) => fix)).not.toEqual([]);
    expect(combinationProblems(follow(broken, broken).value)).toEqual([]);
  });

  it("leaves a key that is too long to the person", () => {
    const long = newWith({ prefix: "a".repeat(1020) });
    expect(combinationProblems(long)).toMatchObject([{ path: ["destination", "prefix"] }]);
    expect(follow(long, long)).toEqual({ value: long, changes: [] });
  });
});

describe("a problem as a sentence", () => {
  it("has the labels of what it names, and keeps other words as they are", () => {
    const [problem] = combinationProblems(newWith({ layout: "amplitude", format: "csv", compression: "gzip" }));
    expect(problem?.message).toBe("Must be jsonl with the layout amplitude.");
    expect(problemSentence(problem!)).toBe(
      `Format: Must be ${formats.jsonl.label} with the layout ${layouts.amplitude.label}.`,
    );
  });
});
