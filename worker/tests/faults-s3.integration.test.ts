import { afterAll, describe, expect, it } from "vitest";
import { cellsOf, S3_TROUBLES } from "@/testing/runs/faults/cells";
import { chosen, MATRIX_TIMEOUT } from "@/testing/runs/faults/long";
import { runMatrix } from "@/testing/runs/faults/matrix";
import { cleaned, ended } from "@/testing/runs/faults/recover";
import { S3Cell } from "@/testing/runs/faults/s3-cell";
import { openS3World } from "@/testing/runs/faults/s3-world";
import { S3_SCENARIOS } from "@/testing/runs/faults/scenario";

const world = await openS3World();
const open = (scenario: string) => S3Cell.open(world, S3_SCENARIOS[scenario]!, world.nextHour());

/** Runs a scenario without faults: its requests are the steps of the matrix. */
async function record(scenario: string) {
  const window = await open(scenario);
  // Only what the run itself does: a later cleaning depends on timing.
  await cleaned(await ended(world.project, await window.start()));
  const recorded = { scenario, steps: window.steps(), problems: await window.problems() };
  await window.close();
  return recorded;
}

const recordings = await Promise.all(Object.keys(S3_SCENARIOS).map(record));
const all = recordings.flatMap(({ scenario, steps }) => cellsOf(scenario, steps, S3_TROUBLES));
const cells = chosen(all, { quick: 8, lost: 4 });
const results = runMatrix({ cells, open: ({ scenario }) => open(scenario) });

afterAll(async () => {
  console.log(await results.summary());
  await world.close();
}, MATRIX_TIMEOUT);

describe("S3: a window is exactly what its receipt says", () => {
  for (const { scenario, steps, problems } of recordings)
    it(`without any fault (${scenario})`, () => {
      expect(steps.length).toBeGreaterThan(1);
      expect(problems).toEqual([]);
    });

  for (const cell of cells) it(cell.name, () => results.of(cell), MATRIX_TIMEOUT);

  it(
    "and no object of another export has changed",
    async () => {
      await results.summary();
      expect(await world.changed()).toEqual([]);
    },
    MATRIX_TIMEOUT,
  );
});
