import { expect, it } from "vitest";
import { fieldLabel, fieldValue } from "./conflict-words";

it.each([
  ["name", "Name"],
  ["connectionId", "Connection"],
  ["destination.prefix", "Key prefix"],
  ["destination.storageClass", "Storage class"],
  ["schedule.every", "Schedule"],
  ["schedule.atHour", "Time of day"],
  ["checks.onLate", "If rows arrive late"],
  ["filters.properties", "Conditions on properties"],
])("calls %s %j", (path, label) => {
  expect(fieldLabel(path)).toBe(label);
});

it("names a connection, and leaves plain values as they are", () => {
  const show = fieldValue([{ id: "1", name: "Lake" }]);
  expect(show("connectionId", "1")).toBe("Lake");
  expect(show("columns", [{ name: "event" }, { name: "uuid" }])).toBe("event, uuid");
  expect(show("columns", null)).toBe("All");
  expect(show("checks.onLate", "heal")).toBe("Export the window again");
  expect(show("checks.deepShare", 0.01)).toBe("1%");
  expect(show("name", "A")).toBeUndefined();
});
