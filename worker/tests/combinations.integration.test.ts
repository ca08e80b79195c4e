import { execFileSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codecOf } from "@/lib/destinations/files/codec";
import { type S3Destination, s3DestinationSchema } from "@/lib/destinations/s3/settings";
import { s3 } from "@/lib/destinations/s3/writing";
import { NEWEST_FILE_SCHEMA } from "@/lib/fields/file-schema";
import { NO_FILTERS } from "@/lib/fields/filters";
import { Meter } from "@/lib/meter/meter";
import { COMPRESSIONS, FORMAT_NAMES } from "@/lib/rows/formats/registry";
import { LAYOUT_NAMES } from "@/lib/rows/layouts/registry";
import { MODEL_NAMES, type ModelName, tablesOfModel } from "@/lib/rows/tables/registry";
import type { SourceTable } from "@/lib/rows/tables/types";
import { combinationProblems } from "@/lib/schemas/combination";
import { closeSource } from "@/lib/source/client";
import { micros } from "@/lib/source/time";
import { type Corpus, insertCorpus } from "@/testing/runs/corpus";
import { expectedRows } from "@/testing/runs/expected";
import { type EncodedFile, encodeAll, tablesOf, type Wanted } from "@/testing/runs/extracts";
import { isLong } from "@/testing/runs/is-long";
import { closeSourceOwner, sourceOwner } from "@/testing/runs/source-owner";
import { pythonPrograms } from "@/testing/stack/python";

// A fixed window, so that its hours are whole; two hours, so that hourly layouts have something to split.
const window = { start: new Date("2026-03-29T00:00:00Z"), end: new Date("2026-03-29T02:00:00Z") };
const sourceProjectId = randomInt(2 ** 31, 2 ** 32 - 1);
const schedule = { every: "6h", timezone: "UTC", atHour: 0, atWeekday: 0 } as const;
const folder = mkdtempSync(join(tmpdir(), "penstock-combinations-"));

interface Combination {
  name: string;
  model: ModelName;
  destination: S3Destination;
}

/** Every combination of the registries, with the reason for each refusal. */
function combinations(): { allowed: Combination[]; refused: Map<string, string> } {
  const allowed: Combination[] = [];
  const refused = new Map<string, string>();
  for (const layout of LAYOUT_NAMES)
    for (const model of MODEL_NAMES)
      for (const format of FORMAT_NAMES)
        for (const compression of COMPRESSIONS)
          for (const partitionByEvent of [false, true]) {
            const name = `${model} × ${format} × ${layout}${partitionByEvent ? " by event" : ""} × ${compression}`;
            const input = { type: "s3", prefix: "{table_name}/", layout, format, compression, partitionByEvent };
            const destination = s3DestinationSchema.parse(input);
            const spec = { model, destination, columns: null, filters: NO_FILTERS, schedule };
            const [problem] = combinationProblems(spec);
            if (problem) refused.set(name, `${problem.path.join(".")} ${problem.message}`);
            else allowed.push({ name, model, destination });
          }
  return { allowed, refused };
}

/**
 * One combination per model, format, and layout, rotating compressions: every fourth one, plus those with compressions
 * missing so far.
 */
function sampleOf(allowed: Combination[]): Combination[] {
  const groups = Object.values(Object.groupBy(allowed, ({ name }) => name.slice(0, name.lastIndexOf(" × "))));
  const one = groups.map((group, at) => group![at % group!.length]!);
  const seen = new Set<string>();
  const isNew = ({ destination: { format, compression } }: Combination) =>
    seen.size !== seen.add(`${format} ${compression}`).size;
  const fourth = one.filter((_, at) => at % 4 === 0);
  fourth.forEach(isNew);
  return [...fourth, ...one.filter(isNew)];
}

let corpus: Corpus;
beforeAll(async () => {
  corpus = await insertCorpus(sourceProjectId, micros(window.start), randomInt(2 ** 31));
});
afterAll(async () => {
  for (const table of ["events", "persons", "merged_ids"])
    await sourceOwner().command({
      query: `ALTER TABLE ${table} DELETE WHERE project_id = {project:UInt32}`,
      query_params: { project: sourceProjectId },
    });
  await Promise.all([closeSource(), closeSourceOwner()]);
  rmSync(folder, { recursive: true });
});

const wantedOf = ({ model, destination }: Combination): Wanted => ({
  sourceProjectId,
  window,
  model,
  destination,
  maxFileBytes: 2 ** 28,
});

async function countedRows({ body, model }: EncodedFile, combination: Combination): Promise<number> {
  const table = tablesOf(wantedOf(combination)).find(({ written }) => written.selection.model === model)!;
  const meter = new Meter(table.written.encoding);
  await meter.add(body);
  return (await meter.finish()).rows;
}

/** A file's expected first line if it is not a row; null if every line is one. */
function firstLine({ destination }: Combination, { part }: EncodedFile): string | null {
  if (destination.layout !== "clevertap" || destination.format !== "jsonl") return null;
  const name = part.event ? Buffer.from(part.event.hex, "hex").toString() : "profiles";
  return name.replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\0", "\\0");
}

let cases = 0;

/** Writes a table's files and the case by which a reader checks them; returns its path. */
async function writeCase(combination: Combination, model: SourceTable, files: EncodedFile[]): Promise<string> {
  const { destination } = combination;
  const number = cases++;
  const listed = [];
  for (const [index, file] of files.entries()) {
    expect(await countedRows(file, combination), `rows counted in ${combination.name}`).toBe(file.rows);
    const path = join(folder, `${number}-${index}`);
    writeFileSync(path, file.body);
    listed.push({ path, firstLine: firstLine(combination, file) });
  }
  const { keyField, rows } = expectedRows(corpus, model, destination);
  // XML omits NULLs; a separate test compares Amplitude's fields.
  const names =
    destination.format === "xml" || destination.layout === "amplitude" ? null : Object.keys(rows[0]!.fields);
  const name = `${combination.name} (${model.table})`;
  const path = join(folder, `${number}.json`);
  const { format } = destination;
  writeFileSync(
    path,
    JSON.stringify({ name, format, codec: codecOf(destination), keyField, names, rows, files: listed }),
  );
  return path;
}

function keysOf({ model, destination }: Combination, files: EncodedFile[]): string[] {
  const run = { runId: "run", requestId: "r", revision: 1, runAt: window.end, fileSchema: NEWEST_FILE_SCHEMA };
  const keyed = { model, destination, window, sourceProjectId, ...run };
  return files.map((file) => s3.fileKey(keyed, file.model, file.part));
}

interface Checked {
  name: string;
  rows: number;
  values: number;
  differences: string[];
}

async function readBack(paths: string[]): Promise<Checked[]> {
  const list = join(folder, "list.json");
  writeFileSync(list, JSON.stringify(paths));
  const script = resolve("testing/runs/read_back.py");
  const answer = execFileSync(join(await pythonPrograms(), "python"), [script, list], { maxBuffer: 2 ** 28 });
  return answer
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Checked);
}

describe("every combination of model, format, layout and compression", () => {
  const { allowed, refused } = combinations();
  const tried = isLong ? allowed : sampleOf(allowed);

  it(`is tried ${tried.length} times of ${allowed.length}, with every compression of every format among them`, () => {
    const compressions = (of: Combination[]) =>
      new Set(of.map(({ destination }) => `${destination.format} ${destination.compression}`));
    expect(compressions(tried)).toEqual(compressions(allowed));
  });

  it("gives back every value that was inserted, read by readers that are not ours", { timeout: 900_000 }, async () => {
    const paths: string[] = [];
    for (const combination of tried) {
      const files = await encodeAll(wantedOf(combination));
      expect(new Set(keysOf(combination, files)).size, `keys of ${combination.name}`).toBe(files.length);
      for (const part of tablesOfModel(combination.model)) {
        const its = files.filter(({ model }) => model === part);
        paths.push(await writeCase(combination, part, its));
      }
    }
    const checked = await readBack(paths);
    const sum = (pick: (each: Checked) => number) => checked.reduce((total, each) => total + pick(each), 0);
    console.log(
      `Combinations: ${allowed.length} allowed, ${tried.length} tried, ${refused.size} refused; ${sum(({ rows }) => rows)} rows, ` +
        `${sum(({ values }) => values)} values compared, ${sum(({ differences }) => differences.length)} differences`,
    );
    expect(checked.filter(({ differences }) => differences.length > 0)).toEqual([]);
    expect(checked).toHaveLength(paths.length);
    for (const { rows, name } of checked) expect(rows, name).toBeGreaterThan(0);
  });

  it("is written to the same bytes twice", { timeout: 300_000 }, async () => {
    const single = tried.filter(({ model }) => tablesOfModel(model).length === 1);
    for (const combination of single) {
      const hashes = async () => (await encodeAll(wantedOf(combination))).map(({ sha256 }) => sha256);
      // By event there are hundreds of files, all written alike.
      if (!combination.destination.partitionByEvent && combination.destination.layout !== "clevertap")
        expect(await hashes(), combination.name).toEqual(await hashes());
    }
  });

  it("is refused with a reason where it makes no sense", () => {
    const reasons = new Map<string, number>();
    for (const reason of refused.values()) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    console.log([...reasons].map(([reason, count]) => `${String(count).padStart(4)}  ${reason}`).join("\n"));
    expect([...refused.values()].filter((reason) => reason.trim() === "")).toEqual([]);
  });
});
