import { describe, expect, it } from "vitest";
import { attemptsOf } from "./timeline";

type Row = Parameters<typeof attemptsOf>[0];

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 12, minute));
const row = (more: Partial<Row>): Row => ({
  tries: null,
  attempt: 1,
  startedAt: at(0),
  finishedAt: null,
  state: "Running",
  ...more,
});
const failed = {
  attempt: 1,
  startedAt: "2026-03-01T12:00:00.5+00:00",
  endedAt: "2026-03-01T12:01:00+00:00",
  code: "x",
};
const lost = { ...failed, endedAt: null, code: "worker_lost" };

describe("the attempts at a file", () => {
  const cases: [string, Partial<Row>, string[]][] = [
    ["that waits", { state: "Pending", startedAt: null, attempt: 0 }, []],
    ["that an earlier run wrote", { state: "Completed", startedAt: null, finishedAt: at(1) }, []],
    ["that is written", {}, ["1 running"]],
    ["sent at once", { state: "Completed", attempt: 0, finishedAt: at(1) }, ["1 completed"]],
    ["that failed", { state: "Failed", tries: [failed] }, ["1 failed"]],
    ["of an earlier version, which failed", { state: "Failed" }, []],
    ["that was tried again", { tries: [failed], attempt: 2 }, ["1 failed", "2 running"]],
    [
      "that was written after its worker was lost",
      { state: "Completed", tries: [lost], attempt: 2, finishedAt: at(3) },
      ["1 lost", "2 completed"],
    ],
    ["that waits for another worker", { state: "Pending", tries: [failed] }, ["1 failed"]],
  ];
  it.each(cases)("%s", (_, given, attempts) => {
    const found = attemptsOf(row(given), { state: "Running" });
    expect(found.map(({ attempt, outcome }) => `${attempt} ${outcome}`)).toEqual(attempts);
  });

  it("are lost if their run has ended", () => {
    expect(attemptsOf(row({}), { state: "Cancelled" })).toMatchObject([{ outcome: "lost", endedAt: null }]);
  });

  it("have times as the API writes them", () => {
    const [first] = attemptsOf(row({ tries: [failed] }), { state: "Running" });
    expect(first).toMatchObject({ startedAt: "2026-03-01T12:00:00.500Z", endedAt: "2026-03-01T12:01:00.000Z" });
  });
});
