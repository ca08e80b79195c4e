import { describe, expect, it } from "vitest";
import { propertyFilterSchema } from "./filters";

const filter = (operator: string, value: unknown) =>
  propertyFilterSchema.safeParse({ column: "properties", key: "plan", operator, value });
const messages = (operator: string, value: unknown) =>
  filter(operator, value).error?.issues.map(({ message }) => message);

describe("a filter's value", () => {
  it.each([
    ["greater", 3],
    ["greater", 0.1],
    ["less", -12.5e-7],
    ["greater_or_equal", 2 ** 53 - 1],
    ["greater", "9007199254740993"],
    ["less_or_equal", "1e999"],
    ["equals", "18446744073709551616"],
  ])("%s %s is taken", (operator, value) => {
    expect(filter(operator, value).success).toBe(true);
  });

  it.each([
    ["greater", 2 ** 53],
    ["equals", 2 ** 64],
    ["less", Number("0.1234567890123456")],
  ])("%s %s has lost digits on its way, and is refused with what to do", (operator, value) => {
    expect(messages(operator, value)).toContain("Send a number this long as a string, so that no digit is lost.");
  });

  it.each([
    ["greater", "many"],
    ["greater", "0x10"],
    ["less", ""],
  ])("%s %s is no number", (operator, value) => {
    expect(messages(operator, value)).toContain(`Must be a number with the operator ${operator}.`);
  });
});
