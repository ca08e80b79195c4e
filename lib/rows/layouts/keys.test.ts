import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type S3Destination, type S3DestinationInput, s3DestinationSchema } from "@/lib/destinations/s3/settings";
import { s3 } from "@/lib/destinations/s3/writing";
import type { KeyInput as KeyedBy } from "@/lib/destinations/writing-types";
import { HOUR } from "../../units";
import { tablesOfModel } from "../tables/registry";

import type { FileSpec } from "./types";

type Keyed = KeyedBy<S3Destination>;
const { fileKey, manifestKey, markerKeys } = s3;

const hour = (iso: string) => new Date(`${iso}:00:00Z`);
const window = { start: hour("2026-03-29T00"), end: hour("2026-03-29T01") };

const event = (name: string) => {
  const bytes = Buffer.from(name);
  return { hex: bytes.toString("hex"), sha256: createHash("sha256").update(bytes).digest("hex") };
};
const only: FileSpec = { index: 0, total: 1, hour: null, event: null };

function keyed(destination: Partial<S3DestinationInput>, values: Partial<Keyed> = {}): Keyed {
  return {
    model: "events",
    destination: s3DestinationSchema.parse({ type: "s3", ...destination }),
    window,
    runId: "run",
    requestId: "a1b2c3d4e5f6g7h8",
    revision: 1,
    runAt: new Date("2026-03-29T01:02:03Z"),
    sourceProjectId: 187520,
    fileSchema: 2,
    ...values,
  };
}

const keyOf = (of: Keyed, part: Partial<FileSpec> = {}) =>
  fileKey(of, tablesOfModel(of.model)[0]!, { ...only, ...part });

describe("keys of the template layout", () => {
  it.each([
    ["no prefix", { prefix: "" }, {}, "20260329T000000Z-20260329T010000Z.jsonl.gz"],
    ["plain", { prefix: "a/", compression: "none" }, {}, "a/20260329T000000Z-20260329T010000Z.jsonl"],
    [
      "one of several files",
      { prefix: "a/" },
      { index: 1, total: 2 },
      "a/20260329T000000Z-20260329T010000Z-1.jsonl.gz",
    ],
    [
      "the time of day",
      { prefix: "{hour}{minute}{second}/", compression: "none" },
      {},
      "000000/20260329T000000Z-20260329T010000Z.jsonl",
    ],
    [
      "the bounds",
      { prefix: "{data_interval_start}_{data_interval_end}/" },
      {},
      "20260329T000000Z_20260329T010000Z/20260329T000000Z-20260329T010000Z.jsonl.gz",
    ],
    ["zstd", { compression: "zstd" }, {}, "20260329T000000Z-20260329T010000Z.jsonl.zst"],
    ["CSV", { format: "csv" }, {}, "20260329T000000Z-20260329T010000Z.csv.gz"],
    ["Parquet, whose codec is inside", { format: "parquet" }, {}, "20260329T000000Z-20260329T010000Z.parquet"],
    [
      "Parquet with gzip inside",
      { format: "parquet", compression: "gzip" },
      {},
      "20260329T000000Z-20260329T010000Z.parquet",
    ],
  ] as const)("%s", (_, destination, part, expected) => {
    expect(keyOf(keyed(destination), part)).toBe(expected);
  });

  it.each([
    [[100, 400], "20260329T000000.100Z-20260329T000000.400Z"],
    [[400, 900], "20260329T000000.400Z-20260329T000000.900Z"],
    [[0, 50], "20260329T000000Z-20260329T000000.050Z"],
    [[100, HOUR], "20260329T000000.100Z-20260329T010000Z"],
  ])("have milliseconds where they aren't zero: %j", ([from = 0, to = 0], bounds) => {
    const cut = { start: new Date(window.start.getTime() + from), end: new Date(window.start.getTime() + to) };
    const of = keyed({ prefix: "{data_interval_start}_{data_interval_end}/" }, { window: cut });
    const prefix = `${bounds.replace("-", "_")}/`;
    expect(keyOf(of)).toBe(`${prefix}${bounds}.jsonl.gz`);
    expect(manifestKey(of)).toBe(`${prefix}${bounds}_manifest.json`);
  });

  it("match PostHog's example", () => {
    const july = { start: hour("2023-07-28T00"), end: hour("2023-07-28T01") };
    const key = keyOf(keyed({ prefix: "{year}-{month}-{day}_{table_name}/" }, { window: july }));
    expect(key).toBe("2023-07-28_events/20230728T000000Z-20230728T010000Z.jsonl.gz");
  });

  it("name the manifest beside the files", () => {
    expect(manifestKey(keyed({ prefix: "{year}/" }))).toBe("2026/20260329T000000Z-20260329T010000Z_manifest.json");
  });

  it("name each table of an export of several", () => {
    const of = keyed({ prefix: "{table_name}/" }, { model: "events_and_merged_ids" });
    expect(tablesOfModel(of.model).map((part) => fileKey(of, part, only))).toEqual([
      "events/20260329T000000Z-20260329T010000Z.jsonl.gz",
      "merged_ids/20260329T000000Z-20260329T010000Z.jsonl.gz",
    ]);
  });
});

describe("keys of the hive layout", () => {
  const day = { start: hour("2026-03-29T00"), end: hour("2026-03-30T00") };

  it.each([
    ["by hour", null, "h/date=2026-03-29/hour=07/20260329T000000Z-20260330T000000Z.parquet"],
    ["by event", "sign up", "h/event=sign%20up/date=2026-03-29/hour=07/20260329T000000Z-20260330T000000Z.parquet"],
    [
      "a name that would climb",
      "../a=b/ü%",
      "h/event=..%2Fa%3Db%2F%C3%BC%25/date=2026-03-29/hour=07/20260329T000000Z-20260330T000000Z.parquet",
    ],
    [
      "no name",
      "",
      "h/event=~e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855/date=2026-03-29/hour=07/20260329T000000Z-20260330T000000Z.parquet",
    ],
    [
      "the name of none",
      "__HIVE_DEFAULT_PARTITION__",
      "h/event=__HIVE_DEFAULT_PARTITION__~8ec3cd044a1b2ac4a73503dcafed3827f2a99e5c6ce9fca0d2501862afd813a9/date=2026-03-29/hour=07/20260329T000000Z-20260330T000000Z.parquet",
    ],
  ])("%s", (_, name, expected) => {
    const of = keyed({ layout: "hive", prefix: "h/", format: "parquet" }, { window: day });
    expect(keyOf(of, { hour: hour("2026-03-29T07"), event: name === null ? null : event(name) })).toBe(expected);
  });

  it.each([
    ["", "__HIVE_DEFAULT_PARTITION__"],
    ["__HIVE_DEFAULT_PARTITION__", "%5F_HIVE_DEFAULT_PARTITION__"],
  ])("keep the folder that the first file schema has for the name “%s”", (name, folder) => {
    const of = keyed({ layout: "hive", partitionByEvent: true }, { window: day, fileSchema: 1 });
    const key = keyOf(of, { hour: hour("2026-03-29T07"), event: event(name) });
    expect(key.split("/")[0]).toBe(`event=${folder}`);
  });

  it("keep the manifest from readers of the folders", () => {
    expect(manifestKey(keyed({ layout: "hive", prefix: "h/" }))).toBe(
      "h/_manifests/20260329T000000Z-20260329T010000Z.json",
    );
  });

  it("mark a folder whose hour the window ends, once, and no other", () => {
    const of = keyed({ layout: "hive" });
    const files = [0, 1].map((index) => keyOf(of, { index, total: 2, hour: window.start }));
    expect(markerKeys(of, files)).toEqual(["date=2026-03-29/hour=00/_SUCCESS"]);
    const five = keyed({ layout: "hive" }, { window: { start: window.start, end: new Date("2026-03-29T00:05:00Z") } });
    expect(markerKeys(five, [keyOf(five, { hour: window.start })])).toEqual([]);
  });
});

describe("keys of Amplitude's layout", () => {
  const of = (model: Keyed["model"], orgId: number | null = null) =>
    keyed(
      { layout: "amplitude", orgId },
      { model, window: { start: hour("2020-01-25T17"), end: hour("2020-01-25T18") } },
    );

  it("are the seed's own examples", () => {
    expect(keyOf(of("events"))).toBe("187520_2020-01-25_17#1.json.gz");
    expect(keyOf(of("merged_ids", 189524))).toBe("-189524_2020-01-25_17.json.gz");
  });

  it("count partitions from 1, and write hours without a leading zero", () => {
    expect(keyOf(of("events"), { index: 2, total: 3, hour: hour("2020-01-25T05") })).toBe(
      "187520_2020-01-25_5#3.json.gz",
    );
  });

  it("tell the manifests of events and of merged ids apart", () => {
    expect(manifestKey(of("events"))).not.toBe(manifestKey(of("merged_ids")));
  });
});

describe("keys of CleverTap's layout", () => {
  it.each([
    ["jsonl", "Charged", "a1b2c3d4e5f6g7h8-20260329010203-Charged-20260329-1-187520.json.gz"],
    ["xml", "App Launched", "a1b2c3d4e5f6g7h8-20260329010203-App%20Launched-20260329-1-187520.xml.gz"],
    ["csv", "a-b", "a1b2c3d4e5f6g7h8-20260329010203-a%2Db-20260329-1-187520.csv.gz"],
    ["parquet", "a/b", "a1b2c3d4e5f6g7h8-20260329010203-a%2Fb-20260329-1-187520.parquet.gz"],
  ] as const)("%s", (format, name, expected) => {
    expect(keyOf(keyed({ layout: "clevertap", format }), { event: event(name) })).toBe(expected);
  });

  it("are those of profiles for persons", () => {
    expect(keyOf(keyed({ layout: "clevertap" }, { model: "persons" }))).toBe(
      "a1b2c3d4e5f6g7h8-20260329010203-profiles-20260329-1-187520.json.gz",
    );
  });
});

describe("a window that is written anew", () => {
  const again = (layout: S3Destination["layout"], revision: number) =>
    keyed({ layout }, { revision, requestId: `a1b2c3d4e5f6g7h${revision}` });
  const several = { index: 1, total: 2, hour: window.start };

  it("has its revision in its files' names, and the same manifest and markers", () => {
    expect([1, 2, 10].map((revision) => keyOf(again("template", revision)))).toEqual([
      "20260329T000000Z-20260329T010000Z.jsonl.gz",
      "20260329T000000Z-20260329T010000Z-r2.jsonl.gz",
      "20260329T000000Z-20260329T010000Z-r10.jsonl.gz",
    ]);
    expect(keyOf(again("hive", 3), several)).toBe(
      "date=2026-03-29/hour=00/20260329T000000Z-20260329T010000Z-1-r3.jsonl.gz",
    );
    for (const layout of ["template", "hive", "amplitude"] as const)
      expect(manifestKey(again(layout, 2))).toBe(manifestKey(again(layout, 1)));
    const markers = (revision: number) =>
      markerKeys(again("hive", revision), [keyOf(again("hive", revision), several)]);
    expect(markers(2)).toEqual(markers(1));
    expect(markers(1)).toHaveLength(1);
  });

  it.each(["template", "hive"] as const)("gives a key of one revision the name of another: %s", (layout) => {
    const keys = [1, 2, 11].map((revision) => keyOf(again(layout, revision), several));
    for (const [from, key] of [1, 2, 11].map((revision, index) => [revision, keys[index]!] as const))
      expect([1, 2, 11].map((to) => s3.renamedKey(again(layout, from), key, from, to))).toEqual(keys);
  });

  it.each(["amplitude", "clevertap"] as const)("keeps its names where they carry no revision: %s", (layout) => {
    expect(s3.renamedKey(again(layout, 1), keyOf(again(layout, 1), several), 1, 2)).toBeNull();
  });
});
