import { type Kind, kindOf } from "./names";
import type { Place } from "./tools";

interface Item {
  size: number;
  kind: Kind;
  /** The receipt that names it. */
  by: string | null;
}

/** All objects of the checked place. The only thing whose memory grows, with their number and not with their size. */
export class Inventory {
  readonly #items = new Map<string, Item>();

  static async of(place: Place): Promise<Inventory> {
    const inventory = new Inventory();
    for await (const { name, size } of place.list()) inventory.#items.set(name, { size, kind: kindOf(name), by: null });
    return inventory;
  }

  get count(): number {
    return this.#items.size;
  }

  has(name: string): boolean {
    return this.#items.has(name);
  }

  get(name: string): Item | undefined {
    return this.#items.get(name);
  }

  /** Sorted, so that findings have the same order everywhere. */
  names(is: Kind["is"]): string[] {
    return [...this.#items]
      .filter(([, { kind }]) => kind.is === is)
      .map(([name]) => name)
      .sort();
  }

  unnamed(): string[] {
    return [...this.#items].filter(([, { by }]) => by === null).map(([name]) => name);
  }
}
