import { propertyTuple } from "../json/property";
import type { ChosenColumn } from "./columns";
import type { Stage } from "./types";

/**
 * Values out of a JSON column, all of them taken in one pass over its text: one call of JSONExtract for each value would read
 * the text again each time. A value that is no string comes as its JSON text; what is missing or null, or stands in what is no
 * JSON object, is NULL.
 */
export class Properties {
  readonly #keys: string[] = [];

  constructor(
    private readonly alias: string,
    /** Undefined when the export leaves the column out; a hashed one has nothing to look into either. */
    private readonly column: ChosenColumn | undefined,
  ) {}

  /** SQL for the first of these properties that there is, as Nullable(String). The keys are ours, never a user's. */
  text(...keys: string[]): string {
    if (!this.column || this.column.hashed) return "CAST(NULL AS Nullable(String))";
    const values = keys.map((key) => `tupleElement(${this.alias}, ${this.#position(key)})`);
    return values.length === 1 ? values.join() : `coalesce(${values.join(", ")})`;
  }

  int = (...keys: string[]) => `toInt64OrNull(${this.text(...keys)})`;

  float = (...keys: string[]) => `toFloat64OrNull(${this.text(...keys)})`;

  bool = (...keys: string[]) => `transform(${this.text(...keys)}, ['true', 'false'], [true, false], NULL)`;

  /** A JSON object's text; NULL for what is none. */
  object(...keys: string[]): string {
    const text = this.text(...keys);
    return `if(startsWith(ifNull(${text}, ''), '{'), ${text}, NULL)`;
  }

  /** What says of a field that it was taken from this document. */
  get document(): { takenFrom?: string } {
    return this.column && !this.column.hashed ? { takenFrom: this.column.sql } : {};
  }

  /** What the row's query has to compute before; ask after all values were asked for. */
  get stages(): Stage[] {
    if (!this.column || this.#keys.length === 0) return [];
    return propertyTuple(this.column.sql, this.#keys, this.alias);
  }

  #position(key: string): number {
    if (!this.#keys.includes(key)) this.#keys.push(key);
    return this.#keys.indexOf(key) + 1;
  }
}

/** The stages of several columns, computed side by side. */
export const sideBySide = (all: readonly (readonly Stage[])[]): Stage[] => {
  const most = Math.max(0, ...all.map(({ length }) => length));
  return Array.from({ length: most }, (_, i) => all.flatMap((stages) => stages[i] ?? []));
};
