import { execFileSync, spawnSync } from "node:child_process";
import { text as readText } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { events } from "@/lib/rows/tables/events";
import { getSource } from "@/lib/source/client";
import { encodeQuery } from "@/lib/source/encode";
import { openEncoded } from "@/lib/source/open-encoded";
import { clickhouseTime, micros } from "@/lib/source/time";
import { insertEvents } from "@/testing/runs/events";
import { completeWindow, makeExport, pastHour } from "@/testing/runs/exports";
import { tablesOf } from "@/testing/runs/extracts";
import { type Hostile, type HostileRow, hostileRow } from "@/testing/runs/hostile";
import { openProject, type TestProject } from "@/testing/runs/project";
import { rawFields } from "@/testing/runs/raw-fields";

const PLAIN = { compression: "none" } as const;
const COLUMNS = events.columns.map(({ name }) => name);

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const insert = (rows: HostileRow[]) =>
  insertEvents(
    project.sourceProjectId,
    rows.map((row) => ({
      ...row,
      properties: row.properties.bytes,
      person_properties: row.person_properties.bytes,
    })),
  );

// JSON can't hold invalid UTF-8, and how many marks replace a run of such bytes is unspecified.
const oneMark = (value: string) => value.replaceAll(/\ufffd+/g, "\ufffd");
const iso = (us: number) => `${clickhouseTime(us).replace(" ", "T")}Z`;

function checkJson(raw: string, { bytes, json }: Hostile) {
  if (json) expect(raw).toBe(bytes.toString().replaceAll(/[\r\n]/g, " "));
  else expect(oneMark(JSON.parse(raw) as string)).toBe(oneMark(bytes.toString()));
}

function checkLine(line: string, row: HostileRow) {
  const fields = rawFields(line);
  expect(fields.map(([name]) => name)).toEqual(COLUMNS);
  const raw = Object.fromEntries(fields);
  const value = (name: string) => JSON.parse(raw[name] ?? "") as string;
  for (const name of ["event", "distinct_id", "elements_chain", "ip"] as const)
    expect(oneMark(value(name))).toBe(oneMark(row[name].toString()));
  for (const name of ["uuid", "person_id"] as const) expect(value(name)).toBe(row[name]);
  for (const name of ["timestamp", "created_at", "inserted_at"] as const) expect(value(name)).toBe(iso(row[name]));
  checkJson(raw.properties ?? "", row.properties);
  checkJson(raw.person_properties ?? "", row.person_properties);
}

function checkLines(lines: string[], rows: HostileRow[]) {
  const byUuid = new Map(rows.map((row) => [row.uuid, row]));
  expect(lines).toHaveLength(rows.length);
  for (const line of lines) {
    const { uuid } = JSON.parse(line) as { uuid: string };
    const row = byUuid.get(uuid);
    if (!row) throw new Error(`A row that was never inserted, or came twice: ${line}`);
    byUuid.delete(uuid);
    checkLine(line, row);
  }
}

/** Another language's reader, with unbounded integers: it reads the same from the line and from the inserted text. */
const PYTHON = `
import json, sys
sys.setrecursionlimit(10000)
for pair in sys.stdin:
    line, properties = json.loads(pair)
    got = json.loads(line)["properties"]
    assert repr(got) == repr(json.loads(properties)), line
    print("equal")
`;

describe("hostile rows", () => {
  it("are encoded so that every line gives back what was inserted", async () => {
    const { start, end } = pastHour(1);
    const [table] = tablesOf({ sourceProjectId: project.sourceProjectId, window: { start, end }, destination: PLAIN });
    const all: HostileRow[] = [];
    const result = await fc.check(
      fc.asyncProperty(fc.array(hostileRow(micros(start)), { minLength: 40, maxLength: 80 }), async (rows) => {
        await insert(rows);
        all.push(...rows);
        const stream = await openEncoded(getSource(), encodeQuery(table!.written));
        checkLines((await readText(stream)).split("\n").slice(0, -1), all);
      }),
      { numRuns: 8, endOnFailure: true },
    );
    // The one difference says more than hundreds of rows, which the seed reproduces.
    if (result.failed) throw new Error(`Seed ${result.seed}`, { cause: result.errorInstance });
  });

  it("lie in the bucket after a whole run, and another reader reads the same", async () => {
    const window = pastHour(3);
    const rows = fc.sample(hostileRow(micros(window.start)), 300);
    await insert(rows);
    const exported = await makeExport(project, { destination: { compression: "gzip" } });
    const run = await completeWindow(project, exported.id, window);
    expect(run).toMatchObject({ rows: rows.length, files: 1, error: null });
    const [file = ""] = await project.bucket.keys();
    const lines = await project.bucket.lines(file);
    checkLines(lines, rows);
    expect(lines.map((line) => (JSON.parse(line) as { uuid: string }).uuid)).toEqual(
      [...rows].sort(byTimeAndUuid).map(({ uuid }) => uuid),
    );
    if (spawnSync("python3", ["--version"]).error) return;
    const byUuid = new Map(rows.map((row) => [row.uuid, row]));
    const pairs = lines.flatMap((line) => {
      const row = byUuid.get((JSON.parse(line) as { uuid: string }).uuid);
      return row?.properties.json ? [JSON.stringify([line, row.properties.bytes.toString()])] : [];
    });
    const answer = execFileSync("python3", ["-c", PYTHON], { input: `${pairs.join("\n")}\n`, encoding: "utf8" });
    expect(answer.trim().split("\n")).toHaveLength(pairs.length);
  });
});

// ClickHouse compares a UUID's second half first.
const halves = (uuid: string) => `${uuid.slice(19)}${uuid.slice(0, 19)}`;
const byTimeAndUuid = (a: HostileRow, b: HostileRow) =>
  a.inserted_at - b.inserted_at || (halves(a.uuid) < halves(b.uuid) ? -1 : 1);
