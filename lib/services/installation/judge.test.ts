import { describe, expect, it } from "vitest";
import { judge } from "./judge";

const [ID, OTHER, STAMP] = ["a", "b", "c"].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`) as [
  string,
  string,
  string,
];
const here = { temporal: "temporal:7233/default", appUrl: "https://penstock.example.com/" };
const known = { id: ID, generation: 7, stamp: STAMP, raisedAt: new Date("2026-12-01T00:00:00Z"), ...here };
const marker = { id: ID, generation: 7, stamp: STAMP };
const elsewhere = { ...known, temporal: "other:7233/default" };

describe("a database and Temporal", () => {
  it.each([
    ["that know each other", known, marker, null],
    ["of which the database is ahead", known, { ...marker, generation: 6 }, null],
    ["of which the database is ahead, with another stamp", known, { ...marker, generation: 6, stamp: OTHER }, null],
    ["of which Temporal is ahead", known, { ...marker, generation: 8 }, "restored"],
    ["that both went on from the same generation", known, { ...marker, stamp: OTHER }, "restored"],
    ["of which Temporal is another installation's", known, { ...marker, id: OTHER, generation: 1 }, "foreign"],
    ["of which Temporal has lost everything", known, null, null],
    ["of which Temporal is at another address, and new", elsewhere, null, "copied"],
    ["of which Temporal has another address, and remembers", elsewhere, marker, null],
    ["at another web address", { ...known, appUrl: "https://staging.example.com/" }, marker, "copied"],
    ["at another web address, without a marker", { ...known, appUrl: "https://a.example/" }, null, "copied"],
    ["that were never together", { ...known, generation: 0, raisedAt: null, temporal: null, appUrl: null }, null, null],
  ])("%s", (_, database, remembered, reason) => {
    expect(judge(database, remembered, here)?.reason ?? null).toBe(reason);
  });

  it("are described by what differs", () => {
    expect(judge(known, { ...marker, generation: 9 }, here)?.facts).toBe(
      "Temporal remembers generation 9 of this database, which is at generation 7 from 2026-12-01T00:00:00.000Z.",
    );
    expect(judge({ ...known, appUrl: "https://a.example/" }, marker, here)?.facts).toBe(
      "APP_URL was https://a.example/ until 2026-12-01T00:00:00.000Z, and is https://penstock.example.com/ now.",
    );
  });
});
