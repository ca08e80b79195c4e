import { expect, it } from "vitest";
import { allColumns, columnRows, include } from "./column-rows";

const as = (name: string) => ({ name, as: null, hash: false });

it("lists chosen columns first, in the order of the file", () => {
  const rows = columnRows("persons", [as("properties"), as("person_id")]);
  expect(rows.slice(0, 3).map(({ name }) => name)).toEqual(["properties", "person_id", "distinct_ids"]);
});

it("names a column of two tables once", () => {
  const rows = columnRows("events_and_merged_ids", null);
  expect(rows.filter(({ name }) => name === "inserted_at")).toEqual([
    { name: "inserted_at", tables: ["events", "merged_ids"] },
  ]);
});

it("keeps the order when columns go and come back", () => {
  const all = allColumns("persons");
  const rows = columnRows("persons", all);
  const fewer = include(rows, all, "properties", false);
  expect(fewer.map(({ name }) => name)).not.toContain("properties");
  expect(include(rows, fewer, "properties", true)).toEqual(all);
});
