import { describe, expect, it } from "vitest";
import { NO_FILTERS } from "@/lib/fields/filters";
import { scheduleSchema } from "@/lib/fields/schedule";
import type { ModelName } from "@/lib/rows/tables/registry";
import { combinationProblems } from "../../schemas/combination";
import { type S3DestinationInput, s3DestinationSchema } from "../s3/settings";
import { longestKeyBytes } from "./longest-key";

const spec = (destination: Partial<S3DestinationInput>, model: ModelName = "events") => ({
  model,
  destination: s3DestinationSchema.parse({ type: "s3", ...destination }),
  columns: null,
  filters: NO_FILTERS,
  schedule: scheduleSchema.parse({ every: "hour" }),
});

const BOUNDS = "20260329T100000.100Z-20260329T110000.100Z";

describe("the longest key", () => {
  it.each<[Partial<S3DestinationInput>, ModelName, string]>([
    [{ format: "parquet" }, "events", `${BOUNDS}-99999-r999.parquet`],
    [{ prefix: "a/{year}{data_interval_end}/" }, "events", `a/202620260329T110000.100Z/${BOUNDS}-99999-r999.jsonl.gz`],
    [{ prefix: "{table_name}/" }, "events_and_merged_ids", `events_and_merged_ids/${BOUNDS}_manifest.json`],
    [{ layout: "hive" }, "persons", `date=2026-03-29/hour=10/${BOUNDS}-99999-r999.jsonl.gz`],
    [
      { layout: "hive", partitionByEvent: true },
      "events",
      `event=${"a".repeat(180)}/date=2026-03-29/hour=10/${BOUNDS}-99999-r999.jsonl.gz`,
    ],
    [{ layout: "amplitude" }, "events", `_manifests/4294967295_events_${BOUNDS}.json`],
    [
      { layout: "clevertap" },
      "events",
      `${"a".repeat(16)}-20260329110000-${"a".repeat(180)}-20260329-100000-4294967295.json.gz`,
    ],
  ])("of %j, %s", (destination, model, key) => {
    expect(longestKeyBytes(spec(destination, model))).toBe(key.length);
  });

  const rest = `${BOUNDS}-99999-r999.jsonl.gz`.length;
  const problems = (prefix: string) => combinationProblems(spec({ prefix }));

  it("may have 1,024 bytes and no more, however few characters they are", () => {
    expect(problems("a".repeat(1024 - rest))).toEqual([]);
    const longest = `${"é".repeat((1023 - rest) / 2)}a`;
    expect(problems(longest)).toEqual([]);
    expect(problems("a".repeat(1025 - rest))).toMatchObject([
      {
        path: ["destination", "prefix"],
        message: "Keys would have up to 1025 bytes, and S3 allows 1024. Shorten the prefix by 1.",
      },
    ]);
    expect(problems(`é${longest}`)).toMatchObject([{ message: expect.stringContaining("1026 bytes") }]);
  });

  it("counts variables by what they stand for", () => {
    const short = "{data_interval_start}".repeat(40);
    expect(problems(`${short}/`)).toEqual([]);
    expect(problems(`${short}{minute}{minute}${"a".repeat(1024 - rest - 800 - 4)}`)).toEqual([]);
    expect(problems(`${short}{minute}{minute}${"a".repeat(1024 - rest - 800 - 3)}`)).toHaveLength(1);
  });

  it("leaves longer prefixes to the schema", () => {
    const parsed = s3DestinationSchema.safeParse({ type: "s3", prefix: "é".repeat(513) });
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual(["Must be at most 1024 bytes in UTF-8."]);
  });
});
