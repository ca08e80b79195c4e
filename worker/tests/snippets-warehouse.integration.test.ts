import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getExportSnippets, getRunSnippets } from "@/lib/services/snippets";
import { micros } from "@/lib/source/time";
import { databaseUrl, postgresHarness } from "@/testing/runs/destinations/postgres";
import { makeExportTo, runWindow } from "@/testing/runs/destinations/steps";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";

const windows = [pastHour(1), pastHour(2)];
const ROWS = [3, 5];

let project: TestProject;
let client: Client;

beforeAll(async () => {
  await postgresHarness.open();
  project = await openProject();
  for (const [at, window] of windows.entries())
    await insertEvents(
      project.sourceProjectId,
      Array.from({ length: ROWS[at] ?? 0 }, (_, index) => eventRow(micros(window.start) + index)),
    );
  client = new Client({ connectionString: databaseUrl().href });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await project.close();
  await postgresHarness.close();
});

it("PostgreSQL reads an export's tables and one window of them, and counts what the receipt says", async () => {
  const exported = await makeExportTo(project, postgresHarness, { table: "Read_{table_name}" });
  const runs = [];
  for (const window of windows) runs.push(await runWindow(project, exported, window));

  const [whole] = (await getExportSnippets(project.actor, { id: exported.id })).tools;
  expect(whole).toMatchObject({ tool: "sql", label: "PostgreSQL", note: null });
  const [rows, perWindow] = await Promise.all(whole!.snippets.map(({ text }) => client.query(text)));
  expect(rows!.rows).toHaveLength(8);
  expect(perWindow!.rows.map((row) => Number(row.window_rows))).toEqual(ROWS);

  for (const [at, { id }] of runs.entries()) {
    const [sql, check] = (await getRunSnippets(project.actor, { id })).tools;
    const [ofWindow, count] = await Promise.all(sql!.snippets.map(({ text }) => client.query(text)));
    expect(ofWindow!.rows).toHaveLength(ROWS[at]!);
    expect(Number(count!.rows[0].window_rows)).toBe(ROWS[at]);
    expect(sql!.snippets[1]!.text).toContain(`-- The receipt says ${ROWS[at]}.`);
    expect(check!.snippets.map(({ title }) => title)).toEqual([
      "Penstock’s verifier",
      "Ask the source again, with curl",
      "Ask the source again, with ClickHouse’s client",
    ]);
  }
});
