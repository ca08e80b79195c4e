import type { Listed, Place } from "../core/tools";

/** Objects in memory. */
export const memoryPlace = (objects: ReadonlyMap<string, Uint8Array>): Place => ({
  label: "memory",
  async *list(): AsyncGenerator<Listed> {
    for (const [name, { length }] of objects) yield { name, size: length };
  },
  async *read(name) {
    yield objects.get(name) ?? new Uint8Array(0);
  },
});
