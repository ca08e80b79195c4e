import { randomUUID } from "node:crypto";
import { getRun } from "@/lib/services/runs/get";
import type { Child } from "@/server/process/child";
import { spawnWorker } from "@/testing/stack/spawn-worker";
import { until } from "../until";
import type { Armed } from "./armed";
import type { Cell, Loss } from "./cells";
import { arriveLate, oneMore, reached, type TroubledWindow } from "./quick";
import type { Problems } from "./reader";
import { recover } from "./recover";

/** Concurrent files of a worker: one worker can hold as many cells in their files. */
export const WAVE = 4;

interface Lost {
  cell: Cell;
  window: TroubledWindow;
}

type Held = Lost & { loss: Loss; armed: Armed; runId: string };

/** The outcome of each cell. */
export type Outcomes = Map<Cell, Problems | Error>;

/**
 * Runs cells that lose their worker, up to `WAVE` at once: each is held at its step, then the worker that serves all of
 * them is killed or frozen, and another takes over once Temporal has noticed. `env` is for the lost worker.
 */
export async function runWave(lost: Lost[], worker: Loss["worker"], env: Record<string, string> = {}) {
  const taskQueue = `test-${randomUUID()}`;
  const first = await spawnWorker({ TEMPORAL_TASK_QUEUE: taskQueue, ...env });
  const wave = new Wave(taskQueue);
  try {
    await wave.hold(lost);
    if (worker === "kill") await wave.replaceKilled(first);
    else await wave.replaceFrozen(first);
    return wave.outcomes;
  } finally {
    // A stopped process doesn't end on request.
    await first.stop("SIGKILL");
  }
}

class Wave {
  readonly outcomes: Outcomes = new Map();
  #held: Held[] = [];

  constructor(private readonly taskQueue: string) {}

  /** Starts the runs and waits until each is held at its step. */
  async hold(lost: Lost[]): Promise<void> {
    await this.#each(lost, async ({ cell, window }) => {
      const loss = lossOf(cell);
      const armed = window.arm(cell, loss.fault);
      const runId = await window.start(this.taskQueue);
      await reached(window, armed, runId);
      this.#held.push({ cell, window, loss, armed, runId });
    });
  }

  async replaceKilled(first: Child): Promise<void> {
    await first.stop("SIGKILL");
    for (const { loss, armed } of this.#held)
      if (loss.release !== "late") armed.release(loss.release === "never" ? "drop" : "forward");
    await this.#withSecond(() =>
      this.#each(this.#held, async ({ cell, window, loss, armed, runId }) => {
        const last = await recover(window, runId, loss.release === "late");
        if (loss.release === "late") await arriveLate(window, armed, last);
        this.outcomes.set(cell, await window.problems());
      }),
    );
  }

  /** Resumes a frozen worker after others did its work: its requests arrive, and it continues until it is stopped. */
  async replaceFrozen(first: Child): Promise<void> {
    process.kill(first.pid, "SIGSTOP");
    await this.#withSecond(async () => {
      await this.#each(this.#held, async ({ window, loss, runId }) => {
        if (loss.release === "when noticed") await triedAgain(window, runId);
        else await oneMore(window, await recover(window, runId, true), true);
      });
      process.kill(first.pid, "SIGCONT");
      await this.#each(this.#held, async ({ armed }) => {
        armed.release("forward");
        await armed.done.opened;
      });
      await first.stop();
      await this.#each(this.#held, async ({ cell, window, runId }) => {
        await recover(window, runId);
        this.outcomes.set(cell, await window.problems());
      });
    });
  }

  async #withSecond(work: () => Promise<void>): Promise<void> {
    const second = await spawnWorker({ TEMPORAL_TASK_QUEUE: this.taskQueue });
    await work().finally(() => second.stop());
  }

  /** Continues with all cells that have no outcome yet; an error ends only its own cell. */
  async #each<T extends Lost>(all: T[], work: (it: T) => Promise<void>): Promise<void> {
    const open = all.filter(({ cell }) => !this.outcomes.has(cell));
    await Promise.all(
      open.map((it) =>
        work(it).catch((error: unknown) => {
          this.outcomes.set(it.cell, error instanceof Error ? error : new Error(String(error)));
        }),
      ),
    );
  }
}

function lossOf({ trouble }: Cell): Loss {
  if (trouble.kind !== "worker") throw new Error("Only cells that lose a worker come in waves.");
  return trouble.loss;
}

/** Waits until Temporal has retried a step. */
const triedAgain = ({ project }: TroubledWindow, id: string) =>
  until("the step was tried again", async () => (await getRun(project.actor, { id })).attempt > 1, 90);
