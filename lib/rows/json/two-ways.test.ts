import { expect, it } from "vitest";
import { byPlainWays, hasTwoWays, onlyByPlainWays, twoWays } from "./two-ways";

const inner = twoWays({ when: "a", plain: "b", exact: "c", none: "''" });
const outer = `f(${twoWays({ when: "x", plain: "y", exact: `g(${inner})`, none: "[]" })})`;
const withoutComments = (sql: string) => sql.replaceAll(/\/\*.*?\*\//g, "");

it("is an ordinary if for those who don't look at comments", () => {
  expect(withoutComments(outer)).toBe("f(if(x, y, g(if(a, b, c))))");
});

it("leaves its exact way out, with all that is within it", () => {
  expect(byPlainWays(outer)).toBe("f(if(x, y, []))");
  expect(byPlainWays(`${inner} + ${inner}`)).toBe("if(a, b, '') + if(a, b, '')");
});

it("fails where the plain way is not right, if it is to", () => {
  expect(onlyByPlainWays(inner)).toBe("if(throwIf(NOT (a), 'A value is not plain') = 0, b, '')");
});

it("has no effect on other SQL", () => {
  const sql = "SELECT a /* comment */ FROM t";
  expect([byPlainWays(sql), onlyByPlainWays(sql), hasTwoWays(sql)]).toEqual([sql, sql, false]);
  expect(hasTwoWays(outer)).toBe(true);
});
