import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { encodeAll, tablesOf, type Wanted } from "@/testing/runs/extracts";
import { openProject, type TestProject } from "@/testing/runs/project";
import { sourceOwner } from "@/testing/runs/source-owner";
import { HOUR } from "../units";
import { getSource, queryRows } from "./client";
import { planFiles } from "./plan";
import { clickhouseTime, micros } from "./time";

const day = { start: new Date("2025-01-01T00:00:00Z"), end: new Date("2025-01-02T00:00:00Z") };
const at = (hour: number, offset = 0) => micros(day.start) + hour * 3_600_000_000 + offset;

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const wanted = (destination: Wanted["destination"], window = day): Wanted => ({
  sourceProjectId: project.sourceProjectId,
  window,
  destination: { compression: "none", ...destination },
});

const uuidsOf = (body: Buffer) =>
  body
    .toString()
    .split("\n")
    .flatMap((line) => (line ? [(JSON.parse(line) as { uuid: string }).uuid] : []));

describe("files by hour and event", () => {
  const names = ["a", "b/..", "", "\0", Buffer.from([0xff, 0xfe])].map((name) => Buffer.from(name));
  const rows = [0, 5, 23].flatMap((hour) =>
    names.flatMap((event, n) => [0, 1].map((i) => eventRow(at(hour, n * 10 + i), { event, uuid: randomUUID() }))),
  );
  const edge = [eventRow(at(5, 3_599_999_999)), eventRow(at(6))];

  beforeAll(() => insertEvents(project.sourceProjectId, [...rows, ...edge]));

  it("hold each row once, in the files of its hour and event", async () => {
    const files = await encodeAll(wanted({ layout: "hive", partitionByEvent: true }));
    const found = files.flatMap(({ body, part }) =>
      uuidsOf(body).map((uuid) => [uuid, part.hour?.toISOString().slice(11, 13), part.event?.hex] as const),
    );
    const expected = [...rows, ...edge].map(
      ({ uuid, inserted_at, event }) =>
        [uuid, clickhouseTime(inserted_at).slice(11, 13), event.toString("hex")] as const,
    );
    expect(found.toSorted()).toEqual(expected.toSorted());
    for (const { body, rows: planned } of files) expect(uuidsOf(body)).toHaveLength(planned);
  });

  it("hold an hour each without the event", async () => {
    const files = await encodeAll(wanted({ layout: "hive" }));
    expect(files.map(({ part, rows: count }) => [part.hour?.getUTCHours(), count])).toEqual([
      [0, 10],
      [5, 11],
      [6, 1],
      [23, 10],
    ]);
  });

  it("stay within a window that begins and ends within hours", async () => {
    const window = {
      start: new Date(day.start.getTime() + 5.5 * HOUR),
      end: new Date(day.start.getTime() + 6.5 * HOUR),
    };
    const files = await encodeAll(wanted({ layout: "hive" }, window));
    expect(files.flatMap(({ body }) => uuidsOf(body))).toEqual(edge.map(({ uuid }) => uuid));
  });
});

describe("an hour with 10,000 event names", () => {
  const window = { start: new Date("2025-02-01T00:00:00Z"), end: new Date("2025-02-01T01:00:00Z") };
  const ROWS = 200_000;

  beforeAll(async () => {
    const time = `fromUnixTimestamp64Micro(${micros(window.start)} + number * 15000, 'UTC')`;
    await sourceOwner().command({
      query:
        `INSERT INTO events SELECT ${project.sourceProjectId}, generateUUIDv4(), concat('name ', toString(number % 10000)), ` +
        `toString(number), generateUUIDv4(), ${time}, ${time}, ${time}, '{}', '{}', '', '' FROM numbers(${ROWS})`,
    });
  });

  it("is planned in one pass, a file for each, and can be asked for file by file", async () => {
    const tables = tablesOf({ ...wanted({ layout: "clevertap", compression: "gzip" }, window) });
    const plan = await planFiles(getSource(), tables);
    expect(plan.files).toHaveLength(10_000);
    expect(plan.rows).toBe(ROWS);
    expect(new Set(plan.files.map(({ part }) => part.event?.hex)).size).toBe(10_000);
    expect(plan.files.every(({ rows }) => rows === ROWS / 10_000)).toBe(true);
    const [answer] = await queryRows(getSource(), plan.check.sql, { params: plan.check.params });
    expect(answer).toEqual({ rows: String(plan.rows), fingerprint: String(plan.fingerprint) });
  });
});
