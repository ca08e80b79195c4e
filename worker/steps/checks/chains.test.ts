import { describe, expect, it } from "vitest";
import { s3DestinationSchema } from "@/lib/destinations/s3/settings";
import { NO_FILTERS } from "@/lib/fields/filters";
import type { ModelName } from "@/lib/rows/tables/registry";
import { chainsOf } from "./chains";
import type { AskedRun } from "./load-asked";

const at = (hour: number) => new Date(Date.UTC(2026, 2, 1, hour));

interface Differing {
  model?: ModelName;
  project?: number;
  include?: string[];
}

/** A run named by its window's hours. */
const asked = (id: string, from: number, to: number, { model = "events", project = 1, include = [] }: Differing = {}) =>
  ({
    run: { id, intervalStart: at(from), intervalEnd: at(to) },
    sourceProjectId: project,
    spec: {
      model,
      destination: s3DestinationSchema.parse({ type: "s3" }),
      columns: null,
      filters: { ...NO_FILTERS, includeEvents: include },
    },
    files: [],
  }) as unknown as AskedRun;

const shapeOf = (all: AskedRun[]) =>
  chainsOf(all).map(({ windows }) => windows.map((runs) => runs.map(({ run }) => run.id).join("+")).join(" "));

describe("what is asked together", () => {
  it.each<[string, AskedRun[], string[]]>([
    ["adjacent windows", [asked("b", 1, 2), asked("a", 0, 1), asked("c", 2, 3)], ["a b c"]],
    ["equal windows of several exports", [asked("a", 0, 1), asked("b", 0, 1), asked("c", 1, 2)], ["a+b c"]],
    ["no windows with a gap between them", [asked("a", 0, 1), asked("b", 2, 3)], ["a", "b"]],
    ["no windows that overlap", [asked("a", 0, 1), asked("day", 0, 24), asked("b", 1, 2)], ["a b", "day"]],
    ["no other models", [asked("a", 0, 1), asked("b", 1, 2, { model: "persons" })], ["a", "b"]],
    ["no other projects", [asked("a", 0, 1), asked("b", 1, 2, { project: 2 })], ["a", "b"]],
    ["no other filters", [asked("a", 0, 1), asked("b", 1, 2, { include: ["x"] })], ["a", "b"]],
  ])("%s", (_, all, expected) => {
    expect(shapeOf(all)).toEqual(expected);
  });

  it("is at most 100 windows", () => {
    const all = Array.from({ length: 250 }, (_, hour) => asked(`${hour}`, hour, hour + 1));
    expect(chainsOf(all).map(({ windows }) => windows.length)).toEqual([100, 100, 50]);
  });
});
