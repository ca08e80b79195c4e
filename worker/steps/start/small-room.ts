import { MIB } from "@/lib/units";

/** A plan whose rows have fewer bytes than this is small, as the planner estimates them. */
export const SMALL = 16 * MIB;
/** Bytes of small files, and steps of one organization, that go on at once in a worker: what finds no room goes the long way. */
const BYTES = 64 * MIB;
const STEPS = 16;

let bytesUnderWay = 0;
const steps = new Map<string, number>();

/**
 * Room in this worker to go on with a small plan at once. Nobody waits for it, so that neither the worker's memory nor the other
 * organizations' turns depend on how slow a destination is.
 */
export class SmallRoom {
  #bytes: number | null = null;

  constructor(private readonly organizationId: string) {}

  get isTaken(): boolean {
    return this.#bytes !== null;
  }

  /** Takes room for a plan; false where it is not small or there is none. */
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
