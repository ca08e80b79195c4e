import { describe, expect, it } from "vitest";
import { differences, rebase, sameValue } from "./three-way";

const base = {
  name: "A",
  startAt: null as string | null,
  schedule: { every: "hour", atHour: 0 },
  filters: { includeEvents: ["a"] },
  destination: { type: "s3", prefix: "raw/", format: "jsonl" } as object,
};

describe("my edit on top of theirs", () => {
  const tables = { type: "postgres", table: "events" };
  it.each([
    ["another field", { name: "Mine" }, { startAt: "x" }, { name: "Mine", startAt: "x" }],
    ["another field of one part", part({ atHour: 5 }), part({ every: "day" }), part({ every: "day", atHour: 5 })],
    ["the same field", { name: "Mine" }, { name: "Theirs" }, { name: "Mine" }],
    ["nothing of mine", {}, { name: "Theirs" }, { name: "Theirs" }],
    ["a field that I emptied", { name: "" }, { startAt: "x" }, { name: "", startAt: "x" }],
    ["a list", events(["a", "b"]), events(["c"]), events(["a", "b"])],
    ["a part of another type", { destination: tables }, to({ prefix: "theirs/" }), { destination: tables }],
    [
      "a part that they changed to another type",
      to({ prefix: "mine/" }),
      { destination: tables },
      to({ prefix: "mine/" }),
    ],
  ])("that changes %s", (_, mine, theirs, expected) => {
    const merged = rebase(base, { ...base, ...mine }, { ...base, ...theirs });
    expect(merged).toEqual({ ...base, ...expected });
  });

  it("keeps a field that only mine has, such as a new secret", () => {
    const merged = rebase<object>({ a: 1 }, { a: 1, secret: "s" }, { a: 2 });
    expect(merged).toEqual({ a: 2, secret: "s" });
  });
});

function part(changes: object) {
  return { schedule: { ...base.schedule, ...changes } };
}
function events(includeEvents: string[]) {
  return { filters: { includeEvents } };
}
function to(changes: object) {
  return { destination: { ...base.destination, ...changes } };
}

it("names the fields in which versions differ", () => {
  const mine = { ...base, name: "Mine", ...part({ atHour: 5 }) };
  const theirs = { ...base, ...part({ every: "day" }) };
  expect(differences(base, mine, theirs)).toEqual([
    { path: "name", base: "A", mine: "Mine", theirs: "A" },
    { path: "schedule.every", base: "hour", mine: "hour", theirs: "day" },
    { path: "schedule.atHour", base: 0, mine: 5, theirs: 0 },
  ]);
  expect(differences(base, base, structuredClone(base))).toEqual([]);
});

it("ignores the order of fields, not of items", () => {
  expect(sameValue({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true);
  expect(sameValue([1, 2], [2, 1])).toBe(false);
  expect(sameValue(null, undefined)).toBe(false);
});
