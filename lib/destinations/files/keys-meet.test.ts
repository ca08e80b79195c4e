import { describe, expect, it } from "vitest";
import { meetingKey } from "@/lib/rows/layouts/meeting";
import type { ModelName } from "@/lib/rows/tables/registry";
import { type S3DestinationInput, s3DestinationSchema } from "../s3/settings";
import { languageOf } from "./key-context";

type Differing = Omit<Partial<S3DestinationInput>, "type"> & { model?: ModelName; project?: number };

function language({ model = "events", project = 187, ...destination }: Differing) {
  const settings = s3DestinationSchema.parse({ type: "s3", ...destination });
  return languageOf({ model, destination: settings, sourceProjectId: project });
}

const BOUNDS = "20260329T000000Z-20260329T010000Z";
const hive = { layout: "hive" } as const;
const amplitude = { layout: "amplitude", prefix: "a/" } as const;
const clevertap = { layout: "clevertap", prefix: "c/" } as const;

describe("two exports to one bucket", () => {
  it.each<[string, Differing, Differing, string | null]>([
    ["equal", { prefix: "raw/" }, { prefix: "raw/" }, `raw/${BOUNDS}_manifest.json`],
    [
      "a variable and its value",
      { prefix: "cl/{table_name}/" },
      { prefix: "cl/events/" },
      `cl/events/${BOUNDS}_manifest.json`,
    ],
    [
      "a year and its digits",
      { prefix: "f/{year}/" },
      { prefix: "f/2025/" },
      "f/2025/20250329T000000Z-20250329T010000Z_manifest.json",
    ],
    [
      "a day and its digits",
      { ...hive, prefix: "{year}/{month}/{day}/{hour}/" },
      { ...hive, prefix: "2024/02/29/23/", format: "csv" },
      "2024/02/29/23/_manifests/20240229T230000Z-20240301T000000Z.json",
    ],
    ["a day that no year has", { prefix: "{month}{day}/" }, { prefix: "0230/" }, `0230/${BOUNDS}_manifest.json`],
    ["hour and minute", { prefix: "{hour}/" }, { prefix: "{minute}/" }, `00/${BOUNDS}_manifest.json`],
    ["formats, by the manifest", { format: "jsonl" }, { format: "csv" }, `${BOUNDS}_manifest.json`],
    ["models, by the manifest", { model: "events" }, { model: "persons" }, `${BOUNDS}_manifest.json`],
    ["hive, by the manifest", { ...hive, format: "csv" }, hive, `_manifests/${BOUNDS}.json`],
    [
      "a folder of hive's written out",
      { ...hive, format: "csv" },
      { prefix: "date={year}-{month}-{day}/hour=00/", format: "csv" },
      `date=2026-03-29/hour=00/${BOUNDS}.csv.gz`,
    ],
    [
      "bounds that lack their end",
      { prefix: "{data_interval_start}" },
      { prefix: "20260329T000000Z" },
      `20260329T000000Z${BOUNDS}_manifest.json`,
    ],
    ["Amplitude's for one project", amplitude, amplitude, `a/_manifests/187_events_${BOUNDS}.json`],
    [
      "Amplitude's, of which one carries both tables",
      amplitude,
      { ...amplitude, model: "events_and_merged_ids" },
      "a/187_2026-03-29_0#1.json.gz",
    ],
    [
      "merged ids under one number",
      { ...amplitude, model: "merged_ids", orgId: 7 },
      { ...amplitude, model: "merged_ids", orgId: 7, project: 188 },
      "a/-7_2026-03-29_0.json.gz",
    ],
    [
      "a number that the prefix begins",
      { ...amplitude, prefix: "a/1", project: 87 },
      amplitude,
      "a/187_2026-03-29_0#1.json.gz",
    ],
  ])("meet: %s", (_, one, other, key) => {
    expect(meetingKey(language(one), language(other))).toBe(key);
  });

  it.each<[string, Differing, Differing]>([
    ["prefixes", { prefix: "raw/" }, { prefix: "other/" }],
    ["a prefix below the other", { prefix: "raw/" }, { prefix: "raw/more/" }],
    ["tables", { prefix: "cl/{table_name}/" }, { prefix: "cl/{table_name}/", model: "persons" }],
    ["a value that the variable never has", { prefix: "cl/{table_name}/" }, { prefix: "cl/persons/" }],
    ["ways to write a date", { prefix: "{year}/{month}/{day}/" }, { prefix: "{year}-{month}-{day}/" }],
    ["layouts", { prefix: "a/" }, { ...hive, prefix: "a/" }],
    ["layouts, of which one is Amplitude's", { prefix: "a/" }, amplitude],
    ["layouts, of which one is CleverTap's", { prefix: "c/" }, clevertap],
    ["projects in Amplitude's layout", amplitude, { ...amplitude, project: 188 }],
    ["projects of which one's number begins the other's", amplitude, { ...amplitude, project: 1870 }],
    ["tables in Amplitude's layout", amplitude, { ...amplitude, model: "merged_ids" }],
    ["request ids", clevertap, clevertap],
    ["request ids, whatever the folder", { ...clevertap, prefix: "c/{year}/" }, { ...clevertap, prefix: "c/2026/" }],
  ])("never meet: other %s", (_, one, other) => {
    expect(meetingKey(language(one), language(other))).toBeNull();
  });

  it("are told apart by request ids only where both have them in the same position", () => {
    const [one, other] = ["c/{year}-", "c/2026-"].map((prefix) => language({ ...clevertap, prefix }));
    expect(meetingKey(one!, other!)).not.toBeNull();
  });
});
