import { Worker } from "node:worker_threads";
import type { Measured } from "../core/measure";
import type { How } from "../core/rows/how";
import type { PlaceData } from "./places";
import type { Request } from "./worker";

interface Answer {
  id: number;
  measured?: Measured;
  error?: string;
}

/** Threads that run this same file, and measure objects side by side. */
export class Pool {
  readonly #idle: Worker[] = [];
  readonly #all: Worker[] = [];
  readonly #waiting = new Map<number, { resolve(measured: Measured): void; reject(error: Error): void }>();
  #next = 0;

  /** There are never more measurements at once than `size`, so an idle thread is always found. */
  constructor(
    private readonly size: number,
    private readonly file: URL,
    private readonly place: PlaceData,
  ) {}

  measure(name: string, how: How | null): Promise<Measured> {
    const worker = this.#idle.pop() ?? this.#start();
    this.#next += 1;
    const request: Request = { id: this.#next, name, how };
    return new Promise<Measured>((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      worker.postMessage(request);
    }).finally(() => this.#idle.push(worker));
  }

  #start(): Worker {
    if (this.#all.length >= this.size) throw new Error("More measurements at once than threads.");
    const worker = new Worker(this.file, { workerData: this.place });
    worker.on("message", ({ id, measured, error }: Answer) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (measured) waiting?.resolve(measured);
      else waiting?.reject(new Error(error));
    });
    worker.on("error", (error: Error) => {
      for (const { reject } of this.#waiting.values()) reject(error);
    });
    this.#all.push(worker);
    return worker;
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((worker) => worker.terminate()));
  }
}
