import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillWindow, sourceUuids } from "@/testing/runs/events";
import { encodeAll, tablesOf, type Wanted } from "@/testing/runs/extracts";
import { openProject, type TestProject } from "@/testing/runs/project";
import { MIB } from "../units";
import { getSource, queryRows } from "./client";
import { planFiles } from "./plan";

const hour = (n: number) => ({ start: new Date(Date.UTC(2025, 0, 1, n)), end: new Date(Date.UTC(2025, 0, 1, n + 1)) });

const projects: TestProject[] = [];
let project: TestProject;
let other: TestProject;
beforeAll(async () => {
  for (const _ of [1, 2]) projects.push(await openProject());
  [project, other] = projects as [TestProject, TestProject];
  await fillWindow(project.sourceProjectId, hour(0), { rows: 3000, bytes: 3000 });
  await fillWindow(other.sourceProjectId, { start: hour(0).start, end: hour(0).start }, { rows: 3000, bytes: 3000 });
});
afterAll(async () => {
  for (const one of projects) await one.close();
});

const UNPACK = { none: (body: Buffer) => body, gzip: gunzipSync, zstd: zstdDecompressSync };

const wanted = (of: TestProject, destination: NonNullable<Wanted["destination"]>, window = hour(0)): Wanted => ({
  sourceProjectId: of.sourceProjectId,
  window,
  destination,
  maxFileBytes: MIB,
});

describe("a plan", () => {
  it.each([
    ["none", "spread over the window"],
    ["gzip", "spread over the window"],
    ["zstd", "spread over the window"],
    ["none", "of one and the same moment"],
    ["gzip", "of one and the same moment"],
  ] as const)(
    "cuts files at their size (%s) for rows %s, each row in exactly one of them, and the same way again",
    async (compression, rows) => {
      const of = rows === "spread over the window" ? project : other;
      const files = await encodeAll(wanted(of, { compression }));

      expect(files.length).toBeGreaterThan(3);
      for (const { body } of files) expect(body.length).toBeLessThanOrEqual(MIB);
      // Full enough for a meaningful size.
      expect(files.reduce((sum, { body }) => sum + body.length, 0) / files.length).toBeGreaterThan(MIB / 2);
      const uuids = files.map(({ body }) =>
        UNPACK[compression](body)
          .toString()
          .split("\n")
          .flatMap((line) => (line ? [(JSON.parse(line) as { uuid: string }).uuid] : [])),
      );
      expect(uuids.map(({ length }) => length)).toEqual(files.map((file) => file.rows));
      expect(uuids.flat()).toEqual(await sourceUuids(of.sourceProjectId));
      const again = await encodeAll(wanted(of, { compression }));
      expect(again.map(({ bounds, sha256 }) => ({ bounds, sha256 }))).toEqual(
        files.map(({ bounds, sha256 }) => ({ bounds, sha256 })),
      );
    },
  );

  it.each([
    { format: "csv", compression: "gzip" },
    { format: "xml", compression: "zstd" },
    { format: "parquet", compression: "zstd" },
    { format: "parquet", compression: "none" },
    { layout: "amplitude" },
    { layout: "clevertap", format: "parquet" },
  ] as const)("keeps to the size of what lies in the bucket: $layout $format $compression", async (destination) => {
    const files = await encodeAll(wanted(project, destination));
    expect(files.length).toBeGreaterThan(2);
    for (const { body } of files) expect(body.length).toBeLessThanOrEqual(MIB * 1.02);
    expect(files.slice(0, -1).reduce((sum, { body }) => sum + body.length, 0) / (files.length - 1)).toBeGreaterThan(
      MIB / 2,
    );
    expect(files.reduce((sum, { rows }) => sum + rows, 0)).toBe(3000);
  });

  it("can be checked by asking the source its question again", async () => {
    const plan = await planFiles(getSource(), tablesOf(wanted(project, { compression: "none" })));
    const [answer] = await queryRows(getSource(), plan.check.sql, { params: plan.check.params });
    expect(answer).toEqual({ rows: String(plan.rows), fingerprint: String(plan.fingerprint) });
  });

  it("has no files for an empty window", async () => {
    const plan = await planFiles(getSource(), tablesOf(wanted(project, {}, hour(9))));
    expect(plan).toMatchObject({ rows: 0, files: [] });
  });
});
