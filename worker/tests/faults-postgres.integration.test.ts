import { afterAll, describe, expect, it } from "vitest";
import { postgresHarness } from "@/testing/runs/destinations/postgres";
import { type Cell, cellsOf, TABLE_TROUBLES } from "@/testing/runs/faults/cells";
import { chosen, MATRIX_TIMEOUT } from "@/testing/runs/faults/long";
import { runMatrix } from "@/testing/runs/faults/matrix";
import { recover } from "@/testing/runs/faults/recover";
import { TABLE_SCENARIOS } from "@/testing/runs/faults/scenario";
import { TableCell } from "@/testing/runs/faults/table-cell";
import { openProject } from "@/testing/runs/project";

await postgresHarness.open();
const project = await openProject();
let hours = 0;

/** Runs a scenario without faults: its statements are the steps of the matrix. */
async function record(scenario: string) {
  hours += 1;
  const window = await TableCell.open(project, TABLE_SCENARIOS[scenario]!, hours);
  await recover(window, await window.start());
  const recorded = { scenario, steps: window.steps(), problems: await window.problems() };
  await window.close();
  return recorded;
}

// The very first run creates the schema's table of commits; later ones don't.
await record(Object.keys(TABLE_SCENARIOS)[0]!);
const recordings = await Promise.all(Object.keys(TABLE_SCENARIOS).map(record));
const all = recordings.flatMap(({ scenario, steps }) => cellsOf(scenario, steps, TABLE_TROUBLES));
const cells = chosen(all, { quick: 4, lost: 0 });
const results = runMatrix({
  cells,
  open: ({ scenario }: Cell) => {
    hours += 1;
    return TableCell.open(project, TABLE_SCENARIOS[scenario]!, hours);
  },
});

afterAll(async () => {
  console.log(await results.summary());
  await project.close();
  await postgresHarness.close();
}, MATRIX_TIMEOUT);

describe("PostgreSQL: a window is exactly what its receipt says", () => {
  for (const { scenario, steps, problems } of recordings)
    it(`without any fault (${scenario})`, () => {
      expect(steps.length).toBeGreaterThan(1);
      expect(problems).toEqual([]);
    });

  for (const cell of cells) it(cell.name, () => results.of(cell), MATRIX_TIMEOUT);
});
