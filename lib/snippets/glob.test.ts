import { matchesGlob } from "node:path";
import { describe, expect, it } from "vitest";
import { contextOf, filePatternsOf } from "@/lib/destinations/files/key-context";
import { s3DestinationSchema } from "@/lib/destinations/s3/settings";
import { LAYOUT_NAMES, layoutOf } from "@/lib/rows/layouts/registry";
import { events } from "@/lib/rows/tables/events";
import { belowFolder, CLASSES, folderOf, globOf, QUESTION_MARKS, regexText, writeGlob } from "./glob";

const window = { start: new Date("2026-03-29T07:00:00Z"), end: new Date("2026-03-29T08:00:00Z") };
const event = { hex: Buffer.from("Sign up").toString("hex"), sha256: "0".repeat(64) };
const PREFIXES = ["", "raw/", "raw/x-", "a/{year}/{month}/{table_name}/", "{data_interval_start}/it's [x] *?/"];

const cases = LAYOUT_NAMES.flatMap((layout) =>
  PREFIXES.flatMap((prefix) => [false, true].map((partitionByEvent) => ({ layout, prefix, partitionByEvent }))),
);

describe.each(cases)("the glob of $layout below “$prefix”, by event: $partitionByEvent", (settings) => {
  const destination = s3DestinationSchema.parse({ type: "s3", ...settings });
  const layout = layoutOf(settings.layout);
  const [pattern] = filePatternsOf({ destination, sourceProjectId: 7 }, events) as [never];
  const glob = globOf(pattern);
  const run = { runId: "r", requestId: "abcdefghij012345", runAt: window.end, fileSchema: 2 } as const;
  const context = contextOf(
    { model: "events", destination, window, sourceProjectId: 7, revision: 2, ...run },
    "events",
  );
  const { hours, events: byEvent } = layout.split(events, destination);
  const part = { index: 1, total: 3, hour: hours ? window.start : null, event: byEvent ? event : null };
  const key = layout.fileKey(context, part);
  const others = [
    layout.manifestKey(context),
    ...(layout.markerKeys?.(context, [key]) ?? []),
    `${settings.prefix}_penstock/7/chain/1.json`,
    `other/${key}`,
  ];

  it("matches files, and neither manifests, markers, nor chains", () => {
    const regex = new RegExp(`^${regexText(glob)}$`);
    expect(regex.test(key), key).toBe(true);
    expect(others.filter((other) => regex.test(other))).toEqual([]);
    for (const syntax of [QUESTION_MARKS, CLASSES]) {
      expect(matchesGlob(key, writeGlob(glob, syntax)), writeGlob(glob, syntax)).toBe(true);
      expect(others.filter((other) => matchesGlob(other, writeGlob(glob, syntax)))).toEqual([]);
    }
  });

  it("begins with its folder", () => {
    const folder = folderOf(glob);
    expect(key.startsWith(folder)).toBe(true);
    expect(folder).toMatch(/^$|\/$/);
    expect(
      folder.replaceAll(/[*?[\]]/g, "?") +
        writeGlob(belowFolder(glob), { ...QUESTION_MARKS, text: (it) => it.replaceAll(/[*?[\]]/g, "?") }),
    ).toBe(writeGlob(glob, { ...QUESTION_MARKS, text: (it) => it.replaceAll(/[*?[\]]/g, "?") }));
  });
});
