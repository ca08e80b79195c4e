import { describe, expect, it } from "vitest";
import { s3DestinationSchema } from "../schemas/destination";
import { fileKeys, manifestKey } from "./keys";
import { prefixProblem } from "./prefix";

const window = { start: new Date("2026-03-29T00:00:00Z"), end: new Date("2026-03-29T01:00:00Z") };
const destination = (prefix: string, compression = "gzip") =>
  s3DestinationSchema.parse({ type: "s3", prefix, compression });

describe("keys of the template layout", () => {
  it.each([
    ["no prefix", "", "gzip", 1, ["20260329T000000Z-20260329T010000Z.jsonl.gz"]],
    ["plain", "a/", "none", 1, ["a/20260329T000000Z-20260329T010000Z.jsonl"]],
    [
      "several files",
      "a/",
      "none",
      2,
      ["a/20260329T000000Z-20260329T010000Z-0.jsonl", "a/20260329T000000Z-20260329T010000Z-1.jsonl"],
    ],
    ["an empty window has none", "a/", "none", 0, []],
    [
      "PostHog's example",
      "{year}-{month}-{day}_{table_name}/",
      "none",
      1,
      ["2026-03-29_events/20260329T000000Z-20260329T010000Z.jsonl"],
    ],
    ["the time of day", "{hour}{minute}{second}/", "none", 1, ["000000/20260329T000000Z-20260329T010000Z.jsonl"]],
    [
      "the bounds",
      "{data_interval_start}_{data_interval_end}/",
      "none",
      1,
      ["20260329T000000Z_20260329T010000Z/20260329T000000Z-20260329T010000Z.jsonl"],
    ],
  ])("%s", (_, prefix, compression, total, expected) => {
    expect(fileKeys("events", destination(prefix, compression), window, total)).toEqual(expected);
  });

  it("names the manifest beside the files", () => {
    expect(manifestKey("events", destination("{year}/"), window)).toBe(
      "2026/20260329T000000Z-20260329T010000Z_manifest.json",
    );
  });
});

describe("prefixProblem", () => {
  it.each([
    ["{yaer}/", "has the unknown variable {yaer}"],
    ["{Year}/", "has the unknown variable {Year}"],
    ["{}/", "has the unknown variable {}"],
    ["{year/", "has a curly bracket without its partner"],
    ["year}/", "has a curly bracket without its partner"],
    ["/a", "must not start with /"],
    ["a//b", "must not contain //"],
    ["a/../b", "must not contain . or .. as a folder"],
    ["a\nb", "must not contain control characters"],
  ])("refuses %j", (prefix, problem) => {
    expect(prefixProblem(prefix)).toContain(problem);
    expect(s3DestinationSchema.safeParse({ type: "s3", prefix }).success).toBe(false);
  });

  it.each(["", "raw/{year}/{month}/{day}/", "a.b/c-d", "ünï/", "no-slash"])("takes %j", (prefix) => {
    expect(prefixProblem(prefix)).toBeNull();
  });
});
