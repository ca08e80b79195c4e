import { describe, expect, it } from "vitest";
import { judge, type Remembered } from "./judge";

const [ID, OTHER, STAMP] = ["a", "b", "c"].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`) as [
  string,
  string,
  string,
];
const here = { temporal: "temporal:7233/default", appUrl: "https://penstock.example.com/" };
const known = { id: ID, generation: 7, stamp: STAMP, raisedAt: new Date("2026-12-01T00:00:00Z"), ...here };
const marker = { id: ID, generation: 7, stamp: STAMP };
const elsewhere = { ...known, temporal: "other:7233/default" };

const remember = (marker: Remembered["marker"], more: Partial<Remembered> = {}): Remembered => ({
  marker,
  others: [],
  isFresh: true,
  ...more,
});
const nothing = remember(null);

describe("a database and Temporal", () => {
  it.each<[string, typeof known, Remembered, string | null]>([
    ["that know each other", known, remember(marker), null],
    ["of which the database is ahead", known, remember({ ...marker, generation: 6 }), null],
    ["of which the database is ahead, by stamp too", known, remember({ ...marker, generation: 6, stamp: OTHER }), null],
    ["of which Temporal is ahead", known, remember({ ...marker, generation: 8 }), "restored"],
    ["that both went on from the same generation", known, remember({ ...marker, stamp: OTHER }), "restored"],
    [
      "of which Temporal is another installation's",
      known,
      remember({ ...marker, id: OTHER, generation: 1 }),
      "foreign",
    ],
    ["whose marker somebody has changed", known, remember("unreadable"), "foreign"],
    ["of which Temporal has lost everything just now", known, nothing, null],
    ["that were both away, and Temporal is empty", known, remember(null, { isFresh: false }), "restored"],
    ["of which Temporal is at another address, and new", elsewhere, nothing, "copied"],
    ["of which Temporal has another address, and remembers", elsewhere, remember(marker), null],
    ["at another web address", { ...known, appUrl: "https://staging.example.com/" }, remember(marker), "copied"],
    ["at another web address, without a marker", { ...known, appUrl: "https://a.example/" }, nothing, "copied"],
    [
      "on another task queue than the original, which went on",
      { ...known, appUrl: "https://a.example/" },
      remember(null, { others: [{ ...marker, generation: 9 }] }),
      "foreign",
    ],
    ["on another task queue than before", known, remember(null, { others: [{ ...marker, generation: 5 }] }), null],
    ["on another task queue, at another address of it", elsewhere, remember(null, { others: [marker] }), null],
    [
      "beside another installation",
      known,
      remember(null, { others: [{ ...marker, id: OTHER, generation: 99 }] }),
      null,
    ],
    [
      "that were never together",
      { ...known, generation: 0, raisedAt: null!, temporal: null!, appUrl: null! },
      nothing,
      null,
    ],
  ])("%s", (_, database, remembered, reason) => {
    expect(judge(database, remembered, here)?.reason ?? null).toBe(reason);
  });

  it("are described by what differs", () => {
    expect(judge(known, remember({ ...marker, generation: 9 }), here)?.facts).toBe(
      "Temporal remembers generation 9 of this database, which is at generation 7 from 2026-12-01T00:00:00.000Z.",
    );
    expect(judge({ ...known, appUrl: "https://a.example/" }, remember(marker), here)?.facts).toBe(
      "APP_URL was https://a.example/ until 2026-12-01T00:00:00.000Z, and is now https://penstock.example.com/.",
    );
  });
});
