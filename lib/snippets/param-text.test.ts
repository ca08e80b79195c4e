import { expect, it } from "vitest";
import { paramText } from "./param-text";

it.each([
  ["text", "text"],
  ["it's\ta\\b\n", "it\\'s\\ta\\\\b\\n"],
  [42, "42"],
  [true, "true"],
  [null, "\\N"],
  [["a'b", 1, null], "['a\\'b',1,NULL]"],
  [[["x"], []], "[['x'],[]]"],
])("writes the parameter %j as %s", (value, wanted) => {
  expect(paramText(value)).toBe(wanted);
});
