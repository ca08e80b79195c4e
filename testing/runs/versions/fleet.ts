import type { Child } from "@/server/process/child";
import { spawnWorker } from "@/testing/stack/spawn-worker";
import { EARLIER } from "./earlier";

type Age = "old" | "new";

/** At most one worker of an earlier version and one of today, on a queue of their own. */
export class Fleet {
  readonly #alive = new Map<Age, Child>();
  readonly #pids: Record<Age, number[]> = { old: [], new: [] };

  private constructor(
    private readonly taskQueue: string,
    private readonly oldDist: string,
  ) {}

  static async of(version: keyof typeof EARLIER, taskQueue: string): Promise<Fleet> {
    return new Fleet(taskQueue, await EARLIER[version]());
  }

  async start(age: Age): Promise<void> {
    const dist = age === "old" && { PENSTOCK_DIST_DIR: this.oldDist };
    const worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: this.taskQueue, ...dist });
    this.#alive.set(age, worker);
    this.#pids[age].push(worker.pid);
  }

  /** Ends a worker in the middle of its work. */
  async kill(age: Age): Promise<void> {
    await this.#alive.get(age)?.stop("SIGKILL");
    this.#alive.delete(age);
  }

  /** The process ids of all that were started. */
  pids(age: Age): readonly number[] {
    return this.#pids[age];
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#alive.values()].map((worker) => worker.stop()));
  }
}
