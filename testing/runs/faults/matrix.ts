import pMap from "p-map";
import type { Cell, Loss } from "./cells";
import { runQuick, type TroubledWindow } from "./quick";
import type { Problems } from "./reader";
import { runWave, WAVE } from "./wave";

/** Concurrent cells: they mostly wait, for retries and for Temporal to notice a lost worker. */
const QUICK_LANES = 5;
const WAVE_LANES = 2;

export interface OpenWindow extends TroubledWindow {
  close(): Promise<void>;
}

interface Matrix {
  cells: Cell[];
  /** Prepares an export and a window for a cell. */
  open(cell: Cell): Promise<OpenWindow>;
  /** For the lost workers. */
  env?: Record<string, string>;
  /** Maximum concurrent cells, not counting those that lose their worker. */
  lanes?: number;
}

/** The outcome of every cell. Cells start on creation. */
export interface Results {
  /** Resolves once the cell has passed. Rejects with its problems. */
  of(cell: Cell): Promise<void>;
  /** Resolves when all are done, with a line of counts. */
  summary(): Promise<string>;
}

const inGroups = <T>(all: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

const losing = (cells: Cell[], worker: Loss["worker"]) =>
  cells.filter(({ trouble }) => trouble.kind === "worker" && trouble.loss.worker === worker);

/** Runs every cell of a matrix, several at once. */
export function runMatrix(matrix: Matrix): Results {
  const runner = new Runner(matrix);
  const started = Date.now();
  const done = runner.run();
  return {
    of: (cell) => runner.outcomes.get(cell)!.promise,
    summary: async () => {
      await done;
      const seconds = Math.round((Date.now() - started) / 1000);
      return `matrix: ${matrix.cells.length} cells, ${runner.failures} failures, ${seconds} seconds`;
    },
  };
}

class Runner {
  readonly outcomes: Map<Cell, PromiseWithResolvers<void>>;
  readonly #settled = new Set<Cell>();
  failures = 0;

  constructor(private readonly matrix: Matrix) {
    this.outcomes = new Map(matrix.cells.map((cell) => [cell, Promise.withResolvers<void>()]));
    // Awaited by each cell's own test, possibly much later.
    for (const { promise } of this.outcomes.values()) promise.catch(() => {});
  }

  async run(): Promise<void> {
    const { cells, lanes = QUICK_LANES } = this.matrix;
    const quick = cells.filter(({ trouble }) => trouble.kind !== "worker");
    const waves = (["kill", "freeze"] as const).flatMap((worker) =>
      inGroups(losing(cells, worker), WAVE).map((group) => ({ worker, group })),
    );
    await Promise.all([
      pMap(quick, (cell) => this.#quick(cell), { concurrency: lanes }),
      pMap(waves, ({ worker, group }) => this.#wave(worker, group), { concurrency: WAVE_LANES }),
    ]);
  }

  #quick(cell: Cell): Promise<void> {
    return this.#with([cell], async ([lost]) => this.#settle(cell, await runQuick(lost!.window, cell)));
  }

  #wave(worker: Loss["worker"], group: Cell[]): Promise<void> {
    return this.#with(group, async (lost) => {
      const found = await runWave(lost, worker, this.matrix.env);
      for (const cell of group) this.#settle(cell, found.get(cell) ?? new Error("Nothing came of this cell."));
    });
  }

  /** Opens windows for cells, runs `work`, and closes them. An error fails all of them. */
  async #with(cells: Cell[], work: (all: { cell: Cell; window: OpenWindow }[]) => Promise<void>): Promise<void> {
    const windows: OpenWindow[] = [];
    const ready = async (cell: Cell) => {
      const window = await this.matrix.open(cell);
      windows.push(window);
      return { cell, window };
    };
    try {
      await work(await Promise.all(cells.map(ready)));
    } catch (error) {
      for (const cell of cells) this.#settle(cell, error instanceof Error ? error : new Error(String(error)));
    } finally {
      await Promise.all(windows.map((window) => window.close()));
    }
  }

  #settle(cell: Cell, outcome: Problems | Error): void {
    if (this.#settled.has(cell)) return;
    this.#settled.add(cell);
    const { resolve, reject } = this.outcomes.get(cell)!;
    if (Array.isArray(outcome) && outcome.length === 0) {
      resolve();
      return;
    }
    this.failures += 1;
    reject(Array.isArray(outcome) ? new Error(outcome.join("\n")) : outcome);
  }
}
