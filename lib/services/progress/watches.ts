import type { Progress } from "@/lib/schemas/progress";
import { SECOND } from "@/lib/units";
import { loadFacts } from "./load";
import { measure, type Samples } from "./measure";

/** How often the ledger is asked about an export that anyone watches, and how old an answer may be, in ms. */
const EVERY = 2 * SECOND;
const FRESH = SECOND;
/** How long the samples of an export that nobody watches are kept, in ms. */
const KEPT = 30 * SECOND;

export interface Viewer {
  onProgress(progress: Progress): void;
  /** The ledger can't be asked. */
  onError(error: unknown): void;
}

/** An export that is watched. Its viewers share one statement. */
class Watch {
  askedAt = performance.now();
  readonly #viewers = new Set<Viewer>();
  #samples: Samples = new Map();
  #latest: Progress | undefined;
  #loadedAt = Number.NEGATIVE_INFINITY;
  #loading: Promise<Progress> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly exportId: string) {}

  get isWatched(): boolean {
    return this.#viewers.size > 0;
  }

  /** The progress, at most a second old. */
  async current(): Promise<Progress> {
    this.askedAt = performance.now();
    if (this.#latest && performance.now() - this.#loadedAt < FRESH) return this.#latest;
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  add(viewer: Viewer): () => void {
    this.#viewers.add(viewer);
    this.#timer ??= setTimeout(() => void this.#tick(), EVERY).unref();
    return () => {
      this.#viewers.delete(viewer);
    };
  }

  async #load(): Promise<Progress> {
    const { progress, samples } = measure(await loadFacts(this.exportId), this.#samples);
    this.#samples = samples;
    this.#latest = progress;
    this.#loadedAt = performance.now();
    return progress;
  }

  async #tick(): Promise<void> {
    if (this.isWatched) {
      const found = await this.current().then(
        (progress) => (viewer: Viewer) => viewer.onProgress(progress),
        (error: unknown) => (viewer: Viewer) => viewer.onError(error),
      );
      for (const viewer of [...this.#viewers]) found(viewer);
    }
    this.#timer = this.isWatched ? setTimeout(() => void this.#tick(), EVERY).unref() : undefined;
  }
}

// On the global object, because several bundles of the web app may hold this module.
const holder = globalThis as typeof globalThis & { penstockWatches?: Map<string, Watch> };

/** The watch of an export. Check the caller's access to it first. */
export function watchOf(exportId: string): Watch {
  holder.penstockWatches ??= new Map();
  const watches = holder.penstockWatches;
  for (const [id, watch] of watches)
    if (!watch.isWatched && performance.now() - watch.askedAt > KEPT) watches.delete(id);
  const found = watches.get(exportId) ?? new Watch(exportId);
  watches.set(exportId, found);
  return found;
}
