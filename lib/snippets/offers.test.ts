import { describe, expect, it } from "vitest";
import type { Reach } from "@/lib/destinations/reading-types";
import { type S3DestinationInput, s3DestinationSchema } from "@/lib/destinations/s3/settings";
import { NO_FILTERS } from "@/lib/fields/filters";
import type { ModelName } from "@/lib/rows/tables/registry";
import { filesReading, type OfRun } from "./files-reading";
import { offersOf } from "./offers";

const window = { start: new Date("2026-03-29T07:00:00Z"), end: new Date("2026-03-29T08:00:00Z") };
const AMAZON = { bucket: "lake", region: "eu-central-1", endpoint: null, forcePathStyle: false, requesterPays: false };

interface Given {
  destination?: Omit<Partial<S3DestinationInput>, "type">;
  model?: ModelName;
  reach?: Reach;
  run?: OfRun | null;
}

const offers = ({ destination = {}, model = "events", reach = AMAZON, run = null }: Given = {}) => {
  const spec = { model, columns: null, filters: NO_FILTERS, fileSchema: 2 as const };
  const settings = s3DestinationSchema.parse({ type: "s3", prefix: "raw/", ...destination });
  const since = new Date("2026-01-01T00:00:00Z");
  const all = offersOf(
    filesReading({ spec: { ...spec, destination: settings }, reach, sourceProjectId: 7, since, run }),
  );
  return Object.fromEntries(all.map(({ tool, ...offer }) => [tool, offer]));
};

const without = (given: Given): string[] =>
  Object.entries(offers(given)).flatMap(([tool, { snippets }]) => (snippets.length === 0 ? tool : []));

const file = (name: string) => ({ key: `raw/${name}.jsonl.gz`, sha256: "0".repeat(64) });
const textOf = (tool: string, given: Given) =>
  offers(given)
    [tool]?.snippets.map(({ text }) => text)
    .join("\n") ?? "";

describe("tools that can't read a combination", () => {
  it.each<[string, Given, string[]]>([
    ["JSON Lines", {}, []],
    ["JSON Lines with zstd", { destination: { compression: "zstd" } }, ["bigquery"]],
    ["CSV", { destination: { format: "csv" } }, ["athena"]],
    ["XML", { destination: { format: "xml" } }, ["duckdb", "clickhouse", "athena", "bigquery"]],
    ["Parquet beside its manifests", { destination: { format: "parquet" } }, ["athena"]],
    ["Parquet in partitions", { destination: { format: "parquet", layout: "hive" } }, []],
    [
      "Parquet in partitions below folders that vary",
      { destination: { format: "parquet", layout: "hive", prefix: "{year}/" } },
      ["athena"],
    ],
    ["CleverTap's JSON", { destination: { layout: "clevertap" } }, ["athena", "bigquery"]],
    [
      "CleverTap's Parquet",
      { destination: { layout: "clevertap", format: "parquet" } },
      ["duckdb", "athena", "snowflake", "bigquery", "spark"],
    ],
    ["Amplitude's JSON", { destination: { layout: "amplitude" } }, []],
    ["another storage", { reach: { ...AMAZON, endpoint: "https://s3.example.com" } }, ["athena"]],
    [
      "another storage without TLS",
      { reach: { ...AMAZON, endpoint: "http://10.0.0.1:9000" } },
      ["athena", "snowflake"],
    ],
    ["a prefix with a question mark", { destination: { prefix: "a?b/" } }, ["duckdb"]],
    ["a bucket whose readers pay", { reach: { ...AMAZON, requesterPays: true } }, ["snowflake", "pyarrow"]],
  ])("%s", (_, given, tools) => {
    expect(without(given)).toEqual(tools);
    for (const tool of tools) expect(offers(given)[tool]?.note).toMatch(/^.+\.$/);
  });
});

describe("what a snippet reads", () => {
  const TOOLS = Object.keys(offers());

  it.each(TOOLS)("of a run in %s are its own files", (tool) => {
    const run = {
      window,
      files: [file("20260329T070000Z-20260329T080000Z-0"), file("20260329T070000Z-20260329T080000Z-1")],
    };
    const text = textOf(tool, { run });
    for (const { key } of run.files) expect(text).toContain(key.slice("raw/".length));
  });

  it.each(TOOLS)("of a run with too many files in %s are those with its window's name", (tool) => {
    const files = Array.from({ length: 201 }, (_, index) => file(`20260329T070000Z-20260329T080000Z-${index}`));
    const text = textOf(tool, { run: { window, files } });
    expect(text).toContain("20260329T070000Z-20260329T080000Z");
    expect(text).not.toContain("20260329T070000Z-20260329T080000Z-7");
  });

  it("of a run without rows is nothing, and that is said", () => {
    for (const { snippets, note } of Object.values(offers({ run: { window, files: [] } }))) {
      expect(snippets).toEqual([]);
      expect(note).toBe("The window had no rows, so the run wrote no files.");
    }
  });

  it("of two tables is one snippet each", () => {
    const destination = { prefix: "{table_name}/" };
    const { snippets } = offers({ model: "events_and_merged_ids", destination }).duckdb!;
    expect(snippets.map(({ title }) => title)).toEqual(["Read events", "Read merged_ids"]);
    expect(snippets[1]?.text).toContain("s3://lake/merged_ids/");
    expect(snippets[1]?.text).toContain("'amplitude_id': 'BIGINT'");
  });
});
