import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getExportSnippets, getRunSnippets } from "@/lib/services/snippets";
import { micros } from "@/lib/source/time";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { makeExport, pastHour } from "@/testing/runs/exports";
import { isLong } from "@/testing/runs/is-long";
import { insertMergedIds } from "@/testing/runs/merged-ids";
import { insertPersons, personRow } from "@/testing/runs/persons";
import { openProject, type TestProject } from "@/testing/runs/project";
import { type Cell, cells } from "@/testing/runs/snippets/cells";
import { windowSteps } from "@/testing/runs/window-steps";
import { pythonPrograms } from "@/testing/stack/python";

let project: TestProject;
const folder = mkdtempSync(join(tmpdir(), "penstock-spark-"));
const window = pastHour(2);
const { complete } = windowSteps(() => project);
const NAMES = ["Sign up", 'it\'s "x" 100% $1'];

beforeAll(async () => {
  if (!isLong) return;
  project = await openProject();
  const at = micros(window.start);
  const properties = Buffer.from('{"nested":{"list":[1,"two"]},"text":"line\\nbreak, \\"quoted\\""}');
  await insertEvents(
    project.sourceProjectId,
    Array.from({ length: 30 }, (_, index) =>
      eventRow(at + index, { event: Buffer.from(NAMES[index % 2]!), properties }),
    ),
  );
  await insertPersons(
    project.sourceProjectId,
    Array.from({ length: 7 }, (_, index) => personRow(randomUUID(), 3, at + index, { properties })),
  );
  const ids = { scope: 1, amplitude_id: 1n, merged_amplitude_id: 2n };
  await insertMergedIds(project.sourceProjectId, [{ ...ids, merge_time: at, inserted_at: at }]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await project?.close();
});

const ROWS: Record<string, number> = { events: 30, persons: 7, merged_ids: 1 };

/** The programs of a run and of its export, with local copies of the files instead of the bucket. */
async function programs(cell: Cell): Promise<{ name: string; text: string; rows: number }[]> {
  const destination = { ...cell.destination, prefix: `${randomUUID()}/${cell.destination.prefix}` };
  const exported = await makeExport(project, { model: cell.model, destination });
  const id = await complete(exported, window);
  for (const key of await project.bucket.keys(destination.prefix.slice(0, 36))) {
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), await project.bucket.bytes(key));
  }
  const both = [
    await getRunSnippets(project.actor, { id }),
    await getExportSnippets(project.actor, { id: exported.id }),
  ];
  return both.flatMap(({ tools }) => {
    const { snippets = [], note } = tools.find(({ tool }) => tool === "spark") ?? {};
    // Spark's Python package has no zstd for text, and the snippet says so.
    if (note?.includes("zstd")) return [];
    return snippets.map(({ title, text }) => ({
      name: `${cell.name}: ${title}`,
      text: text.replaceAll(`s3a://${project.bucket.name}/`, `file://${folder}/`),
      rows: ROWS[title.replace("Read ", "")] ?? 0,
    }));
  });
}

it.skipIf(!isLong)("Spark reads local copies of every combination, row for row", { timeout: 1_800_000 }, async () => {
  const all = [];
  for (const cell of cells()) all.push(...(await programs(cell)));
  const python = join(await pythonPrograms("testing/stack/requirements-spark.txt"), "python");
  const input = JSON.stringify(all.map(({ text }) => text));
  const options = { input, maxBuffer: 2 ** 26, env: { ...process.env, PYSPARK_PYTHON: python } };
  const printed = JSON.parse(
    execFileSync(python, [resolve("testing/runs/snippets/run_spark.py")], options)
      .toString()
      .split("\n")
      .at(-2) ?? "[]",
  );
  const found = Object.fromEntries(all.map(({ name }, at) => [name, printed[at]]));
  expect(found).toEqual(Object.fromEntries(all.map(({ name, rows }) => [name, String(rows)])));
  console.log(`Spark: ${all.length} programs`);
});
