import { expect, it } from "vitest";
import { inFolder } from "./folder";

it.each([
  ["events/{year}/", "", "", "events/{year}/"],
  ["events/{year}/", "", "penstock/", "penstock/events/{year}/"],
  ["penstock/events/", "penstock/", "", "events/"],
  ["penstock/events/", "penstock/", "lake/raw/", "lake/raw/events/"],
  ["lake/events/", "", "lake/", "lake/events/"],
  ["other/", "penstock/", "lake/", "lake/other/"],
])("the prefix %s, from the folder “%s” to “%s”", (prefix, from, to, moved) => {
  expect(inFolder(prefix, from, to)).toBe(moved);
});
