/** Lets pieces of work go on side by side, as long as there are few of them and all together are small. */
export class Room {
  readonly #running = new Set<Promise<void>>();
  #used = 0;
  #failed: { error: unknown } | null = null;

  constructor(
    private readonly most: number,
    private readonly bytes: number,
  ) {}

  /** Begins a piece as soon as there is room for it; what alone is too large goes alone. Throws what one before has failed with. */
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

  /** Waits for all that is under way, whatever becomes of it. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Waits for all that is under way. Throws what one of them has failed with. */
  async ended(): Promise<void> {
    await this.settled();
    if (this.#failed) throw this.#failed.error;
  }
}
