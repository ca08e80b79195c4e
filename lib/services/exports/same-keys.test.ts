import { describe, expect, it } from "vitest";
import { s3ConfigSchema } from "@/lib/destinations/s3/schema";
import { s3DestinationSchema } from "@/lib/destinations/s3/settings";
import type { ModelName } from "@/lib/models/registry";
import { sameKeys, type Writer } from "./same-keys";

const base = { prefix: "raw/", compression: "gzip" as const };
const address = s3ConfigSchema.parse({ bucket: "my-bucket", region: "eu-central-1", accessKeyId: "id" });

interface Differing {
  destination?: object;
  connection?: object;
  every?: "hour" | "day";
  model?: ModelName;
  projectId?: string;
}

const writer = ({ destination, connection, every = "hour", model = "events", projectId = "p" }: Differing): Writer => ({
  model,
  projectId,
  destination: s3DestinationSchema.parse({ type: "s3", ...base, ...destination }),
  schedule: { every },
  connection: { ...address, ...connection },
});

describe("two exports that differ by", () => {
  it.each<[string, Differing, boolean]>([
    ["nothing", {}, true],
    ["the way to the same bucket", { connection: { endpoint: "https://s3.eu-central-1.amazonaws.com/" } }, true],
    ["the size of their files", { destination: { maxFileSizeMb: 1 } }, true],
    ["their encryption", { destination: { encryption: "AES256" } }, true],
    ["the prefix", { destination: { prefix: "other/" } }, false],
    ["the compression", { destination: { compression: "none" } }, false],
    ["the period", { every: "day" }, false],
    ["the model", { model: "persons" }, false],
    ["the bucket", { connection: { bucket: "other-bucket" } }, false],
    ["the storage", { connection: { endpoint: "https://minio.example.com" } }, false],
  ])("%s write the same keys or not", (_, differing, same) => {
    expect(sameKeys(writer({}), writer(differing))).toBe(same);
  });

  const amplitude = { layout: "amplitude" };
  it.each<[string, Differing, Differing, boolean]>([
    ["the period, in Amplitude's layout", { destination: amplitude }, { destination: amplitude, every: "day" }, true],
    [
      "the project, in Amplitude's layout",
      { destination: amplitude },
      { destination: amplitude, projectId: "q" },
      false,
    ],
    ["the model", { destination: amplitude }, { destination: amplitude, model: "merged_ids" }, false],
    ["one table of two", { destination: amplitude }, { destination: amplitude, model: "events_and_merged_ids" }, true],
    [
      "nothing, in CleverTap's layout",
      { destination: { layout: "clevertap" } },
      { destination: { layout: "clevertap" } },
      false,
    ],
    ["the layout", {}, { destination: { layout: "hive" } }, false],
  ])("%s write the same keys or not", (_, one, other, same) => {
    expect(sameKeys(writer(one), writer(other))).toBe(same);
  });
});
