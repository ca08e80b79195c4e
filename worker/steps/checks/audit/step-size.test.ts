import { expect, it } from "vitest";
import { FIRST_STEP, nextStep } from "./step-size";

it.each([
  ["grows while it is quick", 500, 1_000, 1_000],
  ["stays as it is", 500, 10_000, 500],
  ["shrinks once it is slow", 500, 30_000, 250],
  ["grows to a limit", 20_000, 1_000, 20_000],
  ["shrinks to a limit", 50, 600_000, 50],
])("a step %s", (_, files, took, next) => {
  expect(nextStep(files, took)).toBe(next);
});

it("is small within a few steps where each object is looked at on its own", () => {
  // A slow storage: 8 requests at a time, each half a second.
  const took = (files: number) => (files / 8) * 500;
  let files = FIRST_STEP;
  for (let step = 0; step < 5; step += 1) files = nextStep(files, took(files));
  expect(took(files)).toBeLessThan(20_000);
});
