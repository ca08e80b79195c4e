import { expect, it } from "vitest";
import { canonicalAddress } from "./canonical-address";
import { snowflakeConfigSchema } from "./snowflake/schema";

const addressOf = (database: string, schema: string) =>
  canonicalAddress({
    type: "snowflake",
    config: snowflakeConfigSchema.parse({ account: "ORG-Acc", username: "u", warehouse: "w", database, schema }),
  });

it.each<[string, [string, string], [string, string], boolean]>([
  ["unquoted names in any case", ["Db", "analytics"], ["DB", "ANALYTICS"], true],
  ["a name and the same in quotes, in upper case", ["DB", "analytics"], ['"DB"', '"ANALYTICS"'], true],
  ["a name and the same in quotes, in lower case", ["DB", "analytics"], ["DB", '"analytics"'], false],
  ["quoted names that differ in case", ["DB", '"Events"'], ["DB", '"events"'], false],
])("%s", (_, one, other, isSame) => {
  expect(addressOf(...one) === addressOf(...other)).toBe(isSame);
});

it("is as earlier versions wrote it for names without quotes", () => {
  expect(addressOf("DB", "Analytics")).toBe("snowflake://org-acc/db/analytics");
});
