import { expect, test } from "vitest";
import { readArguments, STAGES } from "./arguments";

test("without arguments every stage runs", () => {
  expect(readArguments([])).toEqual({ only: [...STAGES], rest: [] });
});

test("one or several stages, with arguments for the runners", () => {
  expect(readArguments(["--only", "unit,browser", "--", "-t", "name"])).toEqual({
    only: ["unit", "browser"],
    rest: ["-t", "name"],
  });
  expect(readArguments(["--only=lint"]).only).toEqual(["lint"]);
});

test.each([[["--only", "nothing"]], [["--only"]], [["--other", "unit"]]])("%j is refused", (args) => {
  expect(() => readArguments(args)).toThrow("Use: npm test");
});
