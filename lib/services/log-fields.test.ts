import { setTimeout as pause } from "node:timers/promises";
import { expect, it, test } from "vitest";
import { logFields, noteRun, withLogFields } from "./log-fields";

const RUN = { id: "r1", exportId: "e1", organizationId: "o1" };
const KNOWN = { runId: "r1", exportId: "e1", organizationId: "o1" };

test.each([
  ["names the run", { runId: "r1" }, KNOWN],
  ["names only the export", { exportId: "e1" }, KNOWN],
  ["names another run", { runId: "r2", exportId: "e1" }, { runId: "r2", exportId: "e1" }],
  ["names another export", { exportId: "e2" }, { exportId: "e2" }],
  ["works on many runs", { activity: "cleanRuns" }, { activity: "cleanRuns" }],
])("a step that %s", (_, fields, expected) => {
  withLogFields(fields, () => {
    noteRun(RUN);
    expect(logFields()).toEqual(expected);
  });
});

it("keeps the fields of concurrent work apart, and has none outside", async () => {
  const seen = await Promise.all(
    ["a", "b"].map((requestId) =>
      withLogFields({ requestId }, async () => {
        await pause(5);
        return logFields();
      }),
    ),
  );
  expect(seen).toEqual([{ requestId: "a" }, { requestId: "b" }]);
  noteRun(RUN);
  expect(logFields()).toEqual({});
});
