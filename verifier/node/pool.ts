import { Worker } from "node:worker_threads";
import type { Measured } from "../core/measure";
import type { How } from "../core/rows/how";
import type { PlaceData } from "./places";
import type { Answer, Request } from "./worker";

/** Threads that run this same file, and measure objects side by side: as many as measurements at the same time. */
export class Pool {
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();

  constructor(
    private readonly file: URL,
    private readonly place: PlaceData,
  ) {}

  async measure(name: string, how: How | null): Promise<Measured> {
    const worker = this.#idle.pop() ?? this.#start();
    // A thread that fails is not used again.
    const answer = await ask(worker, { name, how });
    this.#idle.push(worker);
    if ("error" in answer) throw new Error(answer.error);
    return answer;
  }

  #start(): Worker {
    const worker = new Worker(this.file, { workerData: this.place });
    this.#all.add(worker);
    return worker;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }
}

function ask(worker: Worker, request: Request): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const onExit = () => reject(new Error("the thread that reads it has ended"));
  worker.once("message", resolve).once("error", reject).once("exit", onExit);
  worker.postMessage(request);
  return promise.finally(() => worker.off("message", resolve).off("error", reject).off("exit", onExit));
}
