import { expect, it } from "vitest";
import type { CommitMode } from "@/lib/destinations/warehouse/settings";
import { type Later, replacersAmong } from "./replaced-by";

const later = (table = "{table_name}", commitMode: CommitMode = "replace", model: "events" | "persons" = "events") =>
  ({
    id: "mine",
    spec: { model, destination: { type: "postgres", table, commitMode, deletedPersons: "remove" } },
  }) satisfies Later;

it.each<[string, Later[], boolean]>([
  ["no later run", [], false],
  ["a later run that fills it", [later()], true],
  ["one that names it otherwise", [later("Events")], true],
  ["one that fills another table", [later("raw_{table_name}")], false],
  ["one of another model", [later("{table_name}", "replace", "persons")], false],
  ["one that appends", [later("{table_name}", "append")], false],
  ["one that appends, and one that replaces", [later("events", "append"), later()], true],
  ["one of which nothing is known", [{ id: "mine", spec: null }], true],
  ["another run's", [{ ...later(), id: "other" }], false],
])("a run's rows in a table may have been replaced by %s: %#", (_, among, expected) => {
  expect(replacersAmong(among).has("mine", "events")).toBe(expected);
});
