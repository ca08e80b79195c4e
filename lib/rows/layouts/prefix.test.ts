import { describe, expect, it } from "vitest";
import { s3DestinationSchema } from "@/lib/destinations/s3/settings";
import { prefixProblem } from "./prefix";

describe("prefixProblem", () => {
  it.each([
    ["{yaer}/", "has the unknown variable {yaer}"],
    ["{Year}/", "has the unknown variable {Year}"],
    ["{}/", "has the unknown variable {}"],
    ["{year/", "has a curly bracket without its partner"],
    ["year}/", "has a curly bracket without its partner"],
    ["/a", "must not start with /"],
    ["a//b", "must not contain //"],
    ["a/../b", "must not contain . or .. as a folder"],
    ["a\nb", "must not contain control characters"],
    ["a\ud83d/", "must be whole characters"],
  ])("refuses %j", (prefix, problem) => {
    expect(prefixProblem(prefix)).toContain(problem);
    expect(s3DestinationSchema.safeParse({ type: "s3", prefix }).success).toBe(false);
  });

  it.each(["", "raw/{year}/{month}/{day}/", "a.b/c-d", "ünï/", "no-slash"])("takes %j", (prefix) => {
    expect(prefixProblem(prefix)).toBeNull();
  });
});
