import { describe, expect, it } from "vitest";
import type { Accounting } from "@/lib/fields/receipt";
import { closes, linesOf } from "./accounting";

const account = (counts: Partial<Accounting>): Accounting => ({
  table: "events",
  inWindow: 0,
  olderVersions: 0,
  deleted: 0,
  duplicates: 0,
  excludedByEvent: 0,
  excludedByProperty: 0,
  selected: 0,
  expandedTo: 0,
  ...counts,
});

const labels = (...tables: Accounting[]) => linesOf(tables).map(({ label }) => label);

describe("the lines of an account", () => {
  it("always are those of the rows in the window, selected, and written", () => {
    expect(labels(account({}))).toEqual(["In the window", "Selected", "Written"]);
  });

  it("have what any table left out, in the order of the sum", () => {
    const persons = account({ table: "persons", inWindow: 5, olderVersions: 2, selected: 3, expandedTo: 3 });
    const events = account({ inWindow: 4, excludedByProperty: 4 });
    expect(labels(persons, events)).toEqual([
      "In the window",
      "Older versions",
      "Excluded by property",
      "Selected",
      "Written",
    ]);
  });
});

describe("an account", () => {
  const persons = account({ inWindow: 9, olderVersions: 3, deleted: 1, duplicates: 1, selected: 4, expandedTo: 7 });

  it("closes if each row has one fate and the written ones are all rows", () => {
    expect(closes([persons], 7)).toBe(true);
    expect(closes([persons, account({ inWindow: 2, excludedByEvent: 1, selected: 1, expandedTo: 1 })], 8)).toBe(true);
  });

  it("doesn't close if a row is missing or too many, even where tables even out", () => {
    expect(closes([persons], 8)).toBe(false);
    expect(closes([{ ...persons, inWindow: 10 }], 7)).toBe(false);
    const short = account({ inWindow: 8, selected: 9, expandedTo: 9 });
    const long = account({ inWindow: 10, selected: 9, expandedTo: 9 });
    expect(closes([short, long], 18)).toBe(false);
  });
});
