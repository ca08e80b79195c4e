import { expect, it } from "vitest";
import { warehouseTable } from "../warehouse/tables";
import { costOf } from "./cost";

const TIB = 1024 ** 4;
const target = (table: string) => ({ table: warehouseTable(table), bare: table, name: `\`${table}\`` });
const clustered = (...fields: string[]) => ({ numBytes: String(2 * TIB), clustering: { fields } });

it.each([
  ["events", clustered("_export_id", "_interval_start", "event"), "Each run reads only its own window of events."],
  [
    "events",
    clustered("event"),
    "The first run of a window doesn't read events. Each later run and each audit reads up to all of it (2.0 TiB, $12.50 at list price). To read less, cluster it by _export_id, _interval_start, event.",
  ],
  [
    "merged_ids",
    {},
    "The first run of a window doesn't read merged_ids. Each later run and each audit reads up to all of it (0.0 GiB, $0.00 at list price). To read less, cluster it by _export_id, _interval_start.",
  ],
  [
    "persons",
    clustered("team_id", "distinct_id"),
    "Each run with persons reads up to all of persons (2.0 TiB, $12.50 at list price).",
  ],
])("says what commits to %s read: %j", (table, there, said) => {
  expect(costOf(target(table), there, { commitMode: "replace" })).toBe(said);
});

it("says that appending reads nothing", () => {
  expect(costOf(target("persons"), {}, { commitMode: "append" })).toBe("Runs only add rows to persons.");
});
