import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventRow, fillWindow, insertEvents, sourceUuids } from "@/worker/testing/events";
import { openProject, type TestProject } from "@/worker/testing/project";
import { formats } from "../formats/registry";
import type { Compression } from "../formats/types";
import { models } from "../models/registry";
import type { Filters } from "../schemas/export";
import { queryRows } from "./client";
import { encodeQuery, openEncoded } from "./encode";
import { type Plan, planFiles } from "./plan";
import type { Selection } from "./predicate";
import { micros } from "./time";

const MIB = 1024 * 1024;
const format = formats.jsonl;
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

function selection(of: TestProject, window: Selection["window"], filters: Partial<Filters> = {}): Selection {
  const all = { includeEvents: [], excludeEvents: [], ...filters };
  return { model: models.events, sourceProjectId: of.sourceProjectId, filters: all, window };
}

interface Encoded {
  bytes: number;
  sha256: string;
  uuids: string[];
}

/** A plan's files as they would be sent. */
async function encodeFiles(selected: Selection, { files }: Plan, compression: Compression): Promise<Encoded[]> {
  const encoded: Encoded[] = [];
  for (const { bounds } of files) {
    const bytes = await buffer(await openEncoded(encodeQuery(selected, format, { bounds }), compression));
    const text = (compression === "gzip" ? gunzipSync(bytes) : bytes).toString();
    const uuids = text.split("\n").flatMap((line) => (line ? [(JSON.parse(line) as { uuid: string }).uuid] : []));
    encoded.push({ bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex"), uuids });
  }
  return encoded;
}

describe("a plan", () => {
  it.each([
    ["none", "spread over the window"],
    ["gzip", "spread over the window"],
    ["none", "of one and the same moment"],
    ["gzip", "of one and the same moment"],
  ] as const)(
    "cuts files at their size (%s) for rows %s, each row in exactly one of them",
    async (compression, rows) => {
      const of = rows === "spread over the window" ? project : other;
      const selected = selection(of, hour(0));
      const limits = { compression, maxFileBytes: MIB };
      const plan = await planFiles(selected, format, limits);
      const files = await encodeFiles(selected, plan, compression);

      expect(files.length).toBeGreaterThan(3);
      for (const { bytes } of files) expect(bytes).toBeLessThanOrEqual(MIB);
      // Full enough that the size means something.
      expect(files.reduce((sum, { bytes }) => sum + bytes, 0) / files.length).toBeGreaterThan(MIB / 2);
      expect(files.map(({ uuids }) => uuids.length)).toEqual(plan.files.map((file) => file.rows));
      expect(files.flatMap(({ uuids }) => uuids)).toEqual(await sourceUuids(of.sourceProjectId));
      expect(plan.rows).toBe(3000);

      const again = await planFiles(selected, format, limits);
      expect(again).toEqual(plan);
      expect((await encodeFiles(selected, again, compression)).map(({ sha256 }) => sha256)).toEqual(
        files.map(({ sha256 }) => sha256),
      );
    },
  );

  it("can be checked by asking the source its question again", async () => {
    const plan = await planFiles(selection(project, hour(0)), format, { compression: "none", maxFileBytes: MIB });
    const [answer] = await queryRows(plan.check.sql, plan.check.params);
    expect(answer).toEqual({ rows: String(plan.rows), fingerprint: String(plan.fingerprint) });
  });

  it("has no files for an empty window", async () => {
    const plan = await planFiles(selection(project, hour(9)), format, { compression: "gzip", maxFileBytes: MIB });
    expect(plan).toMatchObject({ rows: 0, files: [] });
  });

  it("takes event names literally in its filters", async () => {
    const names = [
      "it's",
      'say "hi"',
      "back\\slash",
      "two\nlines",
      "a/../b",
      "{project:UInt32}",
      "') OR 1=1 --",
      "👋",
      "tab\t",
    ];
    const rows = names.map((name, i) => eventRow(micros(hour(5).start) + i, { event: Buffer.from(name) }));
    await insertEvents(project.sourceProjectId, rows);
    const found = async (filters: Partial<Filters>) => {
      const selected = selection(project, hour(5), filters);
      const plan = await planFiles(selected, format, { compression: "none", maxFileBytes: MIB });
      const files = await encodeFiles(selected, plan, "none");
      expect(plan.rows).toBe(files.flatMap(({ uuids }) => uuids).length);
      return files.flatMap(({ uuids }) => uuids);
    };
    for (const [i, name] of names.entries()) {
      expect(await found({ includeEvents: [name] })).toEqual([rows[i]?.uuid]);
      expect(await found({ excludeEvents: [name] })).toEqual(rows.filter((_, at) => at !== i).map(({ uuid }) => uuid));
    }
    expect(await found({ includeEvents: names, excludeEvents: ["it's"] })).toHaveLength(names.length - 1);
    expect(await found({ includeEvents: ["it"] })).toEqual([]);
  });
});
