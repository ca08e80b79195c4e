/** Runs pieces of work concurrently, limited in number and total size. */
export class Room {
  readonly #running = new Set<Promise<void>>();
  #used = 0;
  #failed: { error: unknown } | null = null;

  constructor(
    private readonly most: number,
    private readonly bytes: number,
  ) {}

  /** Starts a piece once there is room; one that exceeds the limit runs alone. Throws the error of an earlier piece. */
  async begin(bytes: number, work: () => Promise<void>): Promise<void> {
    while (this.#running.size >= this.most || (this.#used > 0 && this.#used + bytes > this.bytes))
      await Promise.race(this.#running);
    if (this.#failed) throw this.#failed.error;
    this.#used += bytes;
    const running = work()
      .catch((error: unknown) => {
        this.#failed ??= { error };
      })
      .finally(() => {
        this.#used -= bytes;
        this.#running.delete(running);
      });
    this.#running.add(running);
  }

  /** Waits for all running work, whether it succeeds or fails. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Waits for all running work. Throws the first error. */
  async ended(): Promise<void> {
    await this.settled();
    if (this.#failed) throw this.#failed.error;
  }
}
