import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { events } from "@/lib/rows/tables/events";
import { mergedIds } from "@/lib/rows/tables/merged-ids";
import { KIB, MIB } from "@/lib/units";
import { groupFiles } from "./group-files";

const whole = { from: null, to: null };
const at = { time: "2026-03-29 00:00:00.000000", uuid: "00000000-0000-0000-0000-000000000000" };
const ofEvent = (bytes: number, event = "61") => ({ model: events, bytes, bounds: { ...whole, event } });
const repeated = <T>(count: number, file: T): T[] => Array.from({ length: count }, () => file);

describe("files of a plan", () => {
  it.each([
    ["none", [], []],
    ["one small file", [ofEvent(1)], []],
    ["small files", repeated(3, ofEvent(1)), [[0, 3]]],
    ["large files", repeated(3, ofEvent(5 * MIB)), []],
    [
      "small ones around a large one",
      [ofEvent(1), ofEvent(1), ofEvent(5 * MIB), ofEvent(1), ofEvent(1)],
      [
        [0, 2],
        [3, 5],
      ],
    ],
    [
      "small ones of two tables",
      [...repeated(2, ofEvent(1)), ...repeated(2, { ...ofEvent(1), model: mergedIds })],
      [
        [0, 2],
        [2, 4],
      ],
    ],
    ["pieces of an event", repeated(2, { ...ofEvent(1), bounds: { ...whole, from: at, event: "61" } }), []],
    ["a window that is not split", repeated(2, { ...ofEvent(1), bounds: whole }), []],
    ["hours", repeated(24, { ...ofEvent(1), bounds: { ...whole, hour: { start: at.time, end: at.time } } }), [[0, 24]]],
    [
      "more files than a query takes",
      repeated(2500, ofEvent(1)),
      [
        [0, 1000],
        [1000, 2000],
        [2000, 2500],
      ],
    ],
    [
      "more bytes than a query takes",
      repeated(50, ofEvent(4 * MIB)),
      [
        [0, 24],
        [24, 48],
        [48, 50],
      ],
    ],
    [
      "longer names than a query takes",
      repeated(5, ofEvent(1, "61".repeat(64 * KIB))),
      [
        [0, 2],
        [2, 4],
      ],
    ],
  ])("are grouped: %s", (_, files, expected) => {
    expect(groupFiles(files)).toEqual(expected);
  });

  it("are grouped in order, each once at most, whatever they are", () => {
    const file = fc.oneof(
      fc.integer({ min: 0, max: 6 * MIB }).map((bytes) => ofEvent(bytes)),
      fc.constant({ ...ofEvent(1), bounds: { ...whole, to: at } }),
    );
    fc.assert(
      fc.property(fc.array(file, { maxLength: 200 }), (files) => {
        let end = 0;
        for (const [from, to] of groupFiles(files)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to - from).toBeGreaterThan(1);
          for (const { bytes, bounds } of files.slice(from, to)) {
            expect(bytes).toBeLessThanOrEqual(4 * MIB);
            expect(bounds).toMatchObject(whole);
          }
          end = to;
        }
        expect(end).toBeLessThanOrEqual(files.length);
      }),
    );
  });

  it("are named to the workflow in a bounded list", () => {
    const files = Array.from({ length: 6000 }, (_, n) => ofEvent(n % 3 === 2 ? 5 * MIB : 1));
    expect(groupFiles(files)).toHaveLength(1000);
  });
});
