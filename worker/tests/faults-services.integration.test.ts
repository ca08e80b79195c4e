import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { fillWindow } from "@/testing/runs/events";
import { startWindow } from "@/testing/runs/exports";
import { openBehind } from "@/testing/runs/faults/behind";
import { type Cell, cellsOf, LEDGER_TROUBLES, SERVICE_TROUBLES, type Step } from "@/testing/runs/faults/cells";
import { chosen, MATRIX_TIMEOUT } from "@/testing/runs/faults/long";
import { type OpenWindow, runMatrix } from "@/testing/runs/faults/matrix";
import { recover } from "@/testing/runs/faults/recover";
import { S3Cell } from "@/testing/runs/faults/s3-cell";
import { openS3World } from "@/testing/runs/faults/s3-world";
import { S3_SCENARIOS } from "@/testing/runs/faults/scenario";

const SCENARIOS = ["first run", "first run in steps", "retry with late rows"];

const world = await openS3World();
const behind = await openBehind();
const openCell = (scenario: string) => S3Cell.open(world, S3_SCENARIOS[scenario]!, world.nextHour());

/** A window whose runs go through the proxies: services break at its steps. */
async function openAtService(scenario: string): Promise<OpenWindow & { cell: S3Cell }> {
  const cell = await openCell(scenario);
  return {
    ...shared(cell),
    cell,
    arm: (at, fault) => cell.arm(at, fault),
    start: (taskQueue = behind.taskQueue) => cell.start(taskQueue),
    change: (service) => behind.break(service),
  };
}

/** A window whose steps are its run's changes to the ledger. */
async function openAtLedger(scenario: string): Promise<OpenWindow & { steps: () => Step[] }> {
  const cell = await openCell(scenario);
  const runId = randomUUID();
  return {
    ...shared(cell),
    arm: ({ step }, fault) => behind.ledger.arm(step.name, step.nth, fault, runId),
    start: (taskQueue = behind.taskQueue) => startWindow(cell.project, cell.exported.id, cell.window, taskQueue, runId),
    change: (service) => behind.break(service),
    steps: () => stepsAbout(runId),
  };
}

const shared = (cell: S3Cell) => ({
  project: cell.project,
  connectionId: cell.connectionId,
  addRows: (count: number) => cell.addRows(count),
  problems: () => cell.problems(),
  close: () => cell.close(),
});

const stepsAbout = (runId: string): Step[] =>
  behind.ledger.recorded
    .filter(({ text }) => text.includes(runId))
    .map(({ name }, at, all) => ({
      name,
      nth: all.slice(0, at + 1).filter((it) => it.name === name).length,
      hasBody: true,
    }));

async function recordLedger(scenario: string): Promise<Cell[]> {
  const window = await openAtLedger(scenario);
  await recover(window, await window.start());
  await window.close();
  return cellsOf(scenario, window.steps(), LEDGER_TROUBLES);
}

async function recordServices(scenario: string): Promise<Cell[]> {
  const window = await openAtService(scenario);
  await recover(window, await window.start());
  await window.close();
  return cellsOf(scenario, window.cell.steps(), SERVICE_TROUBLES);
}

const ledgerCells = (await Promise.all(SCENARIOS.map(recordLedger))).flat();
const serviceCells = (await Promise.all(SCENARIOS.map(recordServices))).flat();
const few = { quick: 2, lost: 0 };
const atLedger = chosen(ledgerCells, few);
const atServices = chosen(serviceCells, few);
const ledger = runMatrix({ cells: atLedger, open: ({ scenario }) => openAtLedger(scenario), env: behind.env });
// A broken service is broken for every cell, so they take turns.
const services = ledger
  .summary()
  .then(() => runMatrix({ cells: atServices, open: ({ scenario }) => openAtService(scenario), lanes: 1 }));

afterAll(async () => {
  console.log(await ledger.summary());
  console.log(await (await services).summary());
  await behind.close();
  await world.close();
}, MATRIX_TIMEOUT);

describe("the ledger: a window is exactly what its receipt says", () => {
  for (const cell of atLedger) it(cell.name, () => ledger.of(cell), MATRIX_TIMEOUT);
});

describe("services that are started again: a window is exactly what its receipt says", () => {
  for (const cell of atServices) it(cell.name, async () => (await services).of(cell), MATRIX_TIMEOUT);

  it(
    "also when ClickHouse dies in mid-stream",
    async () => {
      await (await services).summary();
      const window = await openAtService("first run");
      await fillWindow(world.project.sourceProjectId, window.cell.window, { rows: 2000, bytes: 4000 });
      behind.source.cutAfter(3_000_000);
      await recover(window, await window.start());
      expect(behind.source.cuts).toBe(1);
      expect(await window.problems()).toEqual([]);
      await window.close();
    },
    MATRIX_TIMEOUT,
  );

  it("and no worker ended by itself", () => {
    expect(behind.deaths).toEqual([]);
  });

  it("and no object of another export has changed", async () => {
    expect(await world.changed()).toEqual([]);
  });
});
