import { expect, test } from "vitest";
import { stepFields } from "./log-steps";

const info = { activityType: "a", attempt: 2, workflowExecution: { workflowId: "w", runId: "of the workflow" } };
const step = { activity: "a", attempt: 2, workflowId: "w" };

test.each([
  ["a step of a run", { runId: "r", planVersion: 1, index: 0 }, { ...step, runId: "r" }],
  ["the start of a given run", { input: { exportId: "e", runId: "r" } }, { ...step, exportId: "e", runId: "r" }],
  ["the start of a due run", { input: { exportId: "e" } }, { ...step, exportId: "e" }],
  ["the end of a run that no step knew", { runId: undefined, workflowId: "w", state: "Cancelled" }, step],
  ["a request for checks", { checkId: "c" }, { ...step, checkId: "c" }],
  ["upkeep", undefined, step],
])("%s has its ids on its lines", (_, argument, fields) => {
  expect(stepFields(info, argument)).toEqual(fields);
});
