import { describe, expect, it } from "vitest";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import { type S3Destination, type S3DestinationInput, s3DestinationSchema } from "../s3/settings";
import { s3 } from "../s3/writing";
import type { ExportChoices } from "../writing-types";
import { fileSchemaChanges } from "./file-schema-changes";

type Files = Pick<ExportChoices<S3Destination>, "model" | "destination" | "columns">;

const filesOf = (
  model: Files["model"],
  destination: Partial<S3DestinationInput>,
  columns: Files["columns"] = null,
): Files => ({ model, destination: s3DestinationSchema.parse({ type: "s3", ...destination }), columns });

const named = (files: Files) =>
  fileSchemaChanges(files).map((text) =>
    text
      .match(/^The column (\S+ is \S+ \S+)|^Folders/)
      ?.slice(0)
      .findLast(Boolean),
  );
const hive = { layout: "hive", partitionByEvent: true } as const;
const hashed = (name: string) => [{ name, as: null, hash: true }];

describe("what the newest file schema changes", () => {
  it.each<[string, Files, string[]]>([
    ["persons in Parquet", filesOf("persons", { format: "parquet" }), ["version is DECIMAL(20,0) instead"]],
    ["merged ids in Parquet", filesOf("merged_ids", { format: "parquet" }), ["scope is INT64 instead"]],
    ["persons in JSON lines", filesOf("persons", {}), []],
    ["events in Parquet", filesOf("events", { format: "parquet" }), []],
    ["a number that goes hashed", filesOf("persons", { format: "parquet" }, hashed("version")), []],
    ["events by event", filesOf("events", hive), ["event is renamed to", "Folders"]],
    ["events by event in CleverTap's XML", filesOf("events", { ...hive, format: "xml" }), ["Folders"]],
    ["events by hour", filesOf("events", { layout: "hive" }), []],
    ["a folder of the prefix's own", filesOf("events", { prefix: "Event=all/" }), ["event is renamed to"]],
    [
      "an event that is called otherwise",
      filesOf("events", hive, [{ name: "event", as: "what", hash: false }]),
      ["Folders"],
    ],
    [
      "CleverTap's profiles in Parquet",
      filesOf("persons", { layout: "clevertap", format: "parquet" }),
      ["timestamp is INT64 instead"],
    ],
    ["Amplitude's merged ids", filesOf("merged_ids", { layout: "amplitude" }), []],
  ])("%s", (_, files, changes) => {
    expect(named(files)).toEqual(changes);
  });

  it("is nothing for those who keep the first: their queries say what they always have", () => {
    const select = (files: Files, fileSchema: 1 | 2) =>
      tablesOfModel(files.model).map(
        (part) => s3.encoding(part, files.destination, files.columns, fileSchema).row.select,
      );
    const persons = filesOf("persons", { format: "parquet" });
    expect(select(persons, 1)[0]).toMatch(/, version AS `version`$/);
    expect(select(persons, 2)[0]).toMatch(/, accurateCast\(version, 'Nullable\(Decimal\(20, 0\)\)'\) AS `version`$/);
    const events = filesOf("events", { ...hive, format: "parquet" });
    expect(select(events, 1)[0]).toContain(" AS `event`,");
    expect(select(events, 2)[0]).toContain(" AS `event_name`,");
    expect(select(filesOf("events", { format: "parquet" }), 2)).toEqual(
      select(filesOf("events", { format: "parquet" }), 1),
    );
  });
});
