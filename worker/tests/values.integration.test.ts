import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runLogs } from "@/lib/db/schema";
import { NO_FILTERS, type PropertyFilter, propertyFilterSchema } from "@/lib/fields/filters";
import type { Receipt } from "@/lib/fields/receipt";
import { events } from "@/lib/rows/tables/events";
import { getSource, queryRows } from "@/lib/source/client";
import { predicate } from "@/lib/source/predicate";
import { micros } from "@/lib/source/time";
import { postgresHarness } from "@/testing/runs/destinations/postgres";
import { makeExportTo, makeRun, nameOf, takeSteps } from "@/testing/runs/destinations/steps";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { makeExport, pastHour } from "@/testing/runs/exports";
import { isLong } from "@/testing/runs/is-long";
import { recordOf } from "@/testing/runs/ledger";
import { openProject, type TestProject } from "@/testing/runs/project";
import { pythonPrograms } from "@/testing/stack/python";

/** The same seed reproduces the documents: `PENSTOCK_SEED=… npm test -- --only integration -- worker/tests/values`. */
const seed = Number(process.env.PENSTOCK_SEED ?? Math.floor(Math.random() * 2 ** 31));
const BATCH = 5000;
const batches = isLong ? 20 : 1;
const documents = isLong ? BATCH : 1500;
const filterCases = isLong ? 20 : 25;

const FILES = {
  jsonl: { format: "jsonl", compression: "none" },
  csv: { format: "csv", compression: "none" },
  parquet: { format: "parquet" },
  xml: { format: "xml", layout: "clevertap" },
} as const;

let project: TestProject;
let folder: string;
let python: string;
beforeAll(async () => {
  await postgresHarness.open();
  project = await openProject();
  folder = mkdtempSync(join(tmpdir(), "penstock-values-"));
  python = join(await pythonPrograms(), "python");
}, 600_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await project.close();
  await postgresHarness.close();
});

const script = resolve("testing/runs/values/values.py");
const ask = (...args: string[]) => execFileSync(python, [script, ...args], { maxBuffer: 2 ** 28 }).toString();

interface FilterCase {
  filters: PropertyFilter[];
  passing: number[];
  /** Documents for which no answer is specified. */
  open: number[];
}

/** Makes documents and inserts each as an event's properties. */
async function insertBatch(batch: number): Promise<FilterCase[]> {
  ask("generate", folder, String(seed + batch), String(documents), String(filterCases));
  const lines = readFileSync(join(folder, "documents.jsonl"), "utf8").trim().split("\n");
  const start = micros(pastHour(batch + 1).start);
  const rows = lines.map((line, n) =>
    eventRow(start + n, { distinct_id: Buffer.from(String(n)), properties: Buffer.from(JSON.parse(line), "hex") }),
  );
  for (let at = 0; at < rows.length; at += 500) await insertEvents(project.sourceProjectId, rows.slice(at, at + 500));
  return JSON.parse(readFileSync(join(folder, "filters.json"), "utf8")) as FilterCase[];
}

async function passing(batch: number, filters: PropertyFilter[]): Promise<number[]> {
  const { sourceProjectId } = project;
  const where = predicate({
    model: events,
    sourceProjectId,
    filters: { ...NO_FILTERS, properties: filters.map((one) => propertyFilterSchema.parse(one)) },
    window: pastHour(batch + 1),
  });
  const rows = await queryRows<{ id: string }>(getSource(), `SELECT distinct_id AS id FROM events WHERE ${where.sql}`, {
    params: where.params,
  });
  return rows.map(({ id }) => Number(id)).sort((a, b) => a - b);
}

interface Case {
  name: string;
  format: string;
  path: string;
  receipt: Receipt;
}

async function receiptOf(
  exported: Parameters<typeof makeRun>[1],
  batch: number,
): Promise<{ id: string; receipt: Receipt }> {
  const id = await makeRun(project, exported, pastHour(batch + 1));
  await takeSteps(id);
  const run = await recordOf(id);
  if (!run.receipt) throw new Error("The run has no receipt.");
  return { id, receipt: run.receipt };
}

async function exportFiles(name: keyof typeof FILES, batch: number): Promise<Case> {
  const destination = { ...FILES[name], prefix: `${name}-${batch}/` };
  const exported = await makeExport(project, { destination });
  const { receipt } = await receiptOf(exported, batch);
  expect(receipt.files, name).toHaveLength(1);
  const path = join(folder, `${name}.out`);
  const bytes = await project.bucket.bytes(receipt.files[0]!.key);
  writeFileSync(path, name === "xml" ? gunzipSync(bytes) : bytes);
  return { name, format: name, path, receipt };
}

async function exportTable(batch: number): Promise<Case & { logs: string[] }> {
  const exported = await makeExportTo(project, postgresHarness);
  const { id, receipt } = await receiptOf(exported, batch);
  const rows = await postgresHarness.rows(nameOf(exported));
  const path = join(folder, "postgres.out");
  writeFileSync(path, rows.map((row) => `${JSON.stringify([Number(row.distinct_id), row.properties])}\n`).join(""));
  const logs = await getDb().select({ message: runLogs.message }).from(runLogs).where(eq(runLogs.runId, id));
  return { name: "postgres", format: "postgres", path, receipt, logs: logs.map(({ message }) => message) };
}

interface Compared {
  name: string;
  documents: number;
  reasons: Record<string, number>;
  differences: unknown[];
  wrong: number;
}

/** A receipt's count of replaced documents, by reason. */
function counted({ replacements = [] }: Receipt): Record<string, number> {
  const ofDocuments = replacements.filter(({ column }) => column === "properties" || column === "eventProps");
  return Object.fromEntries(ofDocuments.map(({ reason, values }) => [reason, values]));
}

describe(`hostile values, ${batches * documents} documents, seed ${seed}`, () => {
  it.each(Array.from({ length: batches }, (_, n) => n))(
    "arrive as they are or are counted, whatever reads them; filters lose no row (batch %d)",
    async (batch) => {
      const cases = await insertBatch(batch);
      for (const { filters, passing: expected, open } of cases) {
        const laidDown = (ids: number[]) => ids.filter((n) => !open.includes(n));
        expect(laidDown(await passing(batch, filters)), JSON.stringify(filters)).toEqual(laidDown(expected));
      }
      const exported: Case[] = [];
      for (const name of Object.keys(FILES) as (keyof typeof FILES)[]) exported.push(await exportFiles(name, batch));
      const table = await exportTable(batch);
      exported.push(table);
      const list = join(folder, "cases.json");
      writeFileSync(list, JSON.stringify(exported));
      const compared = ask("compare", folder, list)
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Compared);
      for (const [i, each] of compared.entries()) {
        expect(each, each.name).toMatchObject({ documents, differences: [] });
        expect(counted(exported[i]!.receipt), `reasons in the receipt of ${each.name}`).toEqual(each.reasons);
      }
      expect(table.receipt.replaced).toBeGreaterThan(0);
      expect(table.logs.some((message) => /number_as_string; rows [0-9a-f-]{36}/.test(message))).toBe(true);
      console.log(
        `values: seed ${seed + batch}, ${documents} documents in ${compared.length} forms, ${documents * cases.length} answers of filters, ` +
          `${compared.reduce((sum, { wrong }) => sum + wrong, 0)} differences`,
      );
    },
    900_000,
  );
});
