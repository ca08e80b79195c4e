import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { browserTools } from "../browser/tools";
import { inspect } from "./inspect";
import { makeBuckets } from "./make-buckets";

const { folder, cases, remove } = makeBuckets();
afterAll(remove);

describe("buckets of another program", () => {
  it.each(cases)("$name", async ({ name, exit, what, args }) => {
    expect(await inspect(join(folder, name), args)).toMatchObject({ exit, what });
  });

  it.each(cases)("$name, with what a browser has", async ({ name, exit, what, args }) => {
    expect(await inspect(join(folder, name), args, browserTools)).toMatchObject({ exit, what });
  });
});

it("says which keys it used", async () => {
  const beside = await inspect(join(folder, "good"), []);
  expect(beside.notes[0]).toMatch(/^Signatures were checked with the keys beside the receipts\./);
  const given = await inspect(join(folder, "good"), ["--keys", join(folder, "keys.json")]);
  expect(given.notes[0]).toBe(`Signatures were checked with the keys of ${join(folder, "keys.json")}.`);
});

it("says that a chain's end is not seen, unless a head was given", async () => {
  const { notes } = await inspect(join(folder, "good"), []);
  expect(notes.some((note) => note.includes("its end was cut off"))).toBe(true);
});
