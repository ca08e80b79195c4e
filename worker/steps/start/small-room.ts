import { MIB } from "@/lib/units";

/** A plan is small if its rows have fewer bytes than this, by the planner's estimate. */
export const SMALL = 16 * MIB;
/**
 * Limits of a worker: bytes of small files in flight, and steps per organization. Anything beyond takes separate steps.
 */
const BYTES = 64 * MIB;
const STEPS = 16;

let bytesUnderWay = 0;
const steps = new Map<string, number>();

/**
 * Room in this worker to finish a small plan at once. Nobody waits for room, so a slow destination affects neither the
 * worker's memory nor other organizations' turns.
 */
export class SmallRoom {
  #bytes: number | null = null;

  constructor(private readonly organizationId: string) {}

  get isTaken(): boolean {
    return this.#bytes !== null;
  }

  /** Takes room for a plan; false if it is not small or there is none. */
  take(bytes: number): boolean {
    const taken = steps.get(this.organizationId) ?? 0;
    if (bytes >= SMALL || bytesUnderWay + bytes > BYTES || taken >= STEPS) return false;
    this.#bytes = bytes;
    bytesUnderWay += bytes;
    steps.set(this.organizationId, taken + 1);
    return true;
  }

  giveBack(): void {
    if (this.#bytes === null) return;
    bytesUnderWay -= this.#bytes;
    this.#bytes = null;
    const left = (steps.get(this.organizationId) ?? 0) - 1;
    if (left > 0) steps.set(this.organizationId, left);
    else steps.delete(this.organizationId);
  }
}
