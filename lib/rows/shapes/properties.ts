import { propertyTuple } from "../json/property";
import type { ChosenColumn } from "./columns";
import type { Stage } from "./types";

/**
 * Values from a JSON column, all extracted in one pass: a JSONExtract call per value would parse the text each time.
 * Values that aren't strings come as JSON text. Missing and null values are NULL, and so is everything from a document
 * that isn't an object.
 */
export class Properties {
  readonly #keys: string[] = [];

  constructor(
    private readonly alias: string,
    /** Undefined if the export leaves the column out. A hashed one has no properties either. */
    private readonly column: ChosenColumn | undefined,
  ) {}

  /** SQL for the first of these properties that exists, as Nullable(String). The keys are ours, never a user's. */
  text(...keys: string[]): string {
    if (!this.column || this.column.hashed) return "CAST(NULL AS Nullable(String))";
    const values = keys.map((key) => `tupleElement(${this.alias}, ${this.#position(key)})`);
    return values.length === 1 ? values.join() : `coalesce(${values.join(", ")})`;
  }

  int = (...keys: string[]) => `toInt64OrNull(${this.text(...keys)})`;

  float = (...keys: string[]) => `toFloat64OrNull(${this.text(...keys)})`;

  bool = (...keys: string[]) => `transform(${this.text(...keys)}, ['true', 'false'], [true, false], NULL)`;

  /** A JSON object's text; NULL for any other value. */
  object(...keys: string[]): string {
    const text = this.text(...keys);
    return `if(startsWith(ifNull(${text}, ''), '{'), ${text}, NULL)`;
  }

  /** Marks a field as taken from this document. */
  get document(): { takenFrom?: string } {
    return this.column && !this.column.hashed ? { takenFrom: this.column.sql } : {};
  }

  /** What the row's query must compute first. Read it only after requesting all values. */
  get stages(): Stage[] {
    if (!this.column || this.#keys.length === 0) return [];
    return propertyTuple(this.column.sql, this.#keys, this.alias);
  }

  #position(key: string): number {
    if (!this.#keys.includes(key)) this.#keys.push(key);
    return this.#keys.indexOf(key) + 1;
  }
}

/** Merges the stages of several columns. */
export const sideBySide = (all: readonly (readonly Stage[])[]): Stage[] => {
  const most = Math.max(0, ...all.map(({ length }) => length));
  return Array.from({ length: most }, (_, i) => all.flatMap((stages) => stages[i] ?? []));
};
