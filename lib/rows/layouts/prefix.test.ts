import { describe, expect, it } from "vitest";
import { s3DestinationSchema } from "@/lib/destinations/s3/settings";
import { prefixProblem } from "./prefix";

describe("prefixProblem", () => {
  it.each([
    ["{yaer}/", "Unknown variable {yaer}"],
    ["{Year}/", "Unknown variable {Year}"],
    ["{}/", "Unknown variable {}"],
    ["{year/", "Contains a curly bracket without its partner."],
    ["year}/", "Contains a curly bracket without its partner."],
    ["/a", "Must not start with /."],
    ["a//b", "Must not contain //."],
    ["a/../b", "Must not contain . or .. as a folder."],
    ["a\nb", "Must not contain control characters"],
    ["a\ud83d/", "half of a character"],
  ])("refuses %j", (prefix, problem) => {
    expect(prefixProblem(prefix)).toContain(problem);
    expect(s3DestinationSchema.safeParse({ type: "s3", prefix }).success).toBe(false);
  });

  it.each(["", "raw/{year}/{month}/{day}/", "a.b/c-d", "ünï/", "no-slash"])("takes %j", (prefix) => {
    expect(prefixProblem(prefix)).toBeNull();
  });
});
