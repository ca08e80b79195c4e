import type { z } from "zod";

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const plural = (count: unknown, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

const limit = (issue: RawIssue & { code: "too_small" | "too_big" }) => {
  const [word, bound] = issue.code === "too_small" ? ["at least", issue.minimum] : ["at most", issue.maximum];
  if (issue.origin === "string") return `must be ${word} ${plural(bound, "character")}`;
  if (issue.origin === "array") return `must have ${word} ${plural(bound, "item")}`;
  return `must be ${word} ${bound}`;
};

/**
 * Zod's own issues as ends of a sentence that begins with the field's path ("is required", "must be at least 1"), for
 * rules without their own message. Pass it to `safeParse` as `{ error: issueMessage }`.
 */
export const issueMessage: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined && issue.code === "invalid_type") return "is required";
  switch (issue.code) {
    case "invalid_type":
      return `must be ${/^[aeiou]/.test(issue.expected) ? "an" : "a"} ${issue.expected}`;
    case "too_small":
    case "too_big":
      return limit(issue);
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    default:
      return "is not valid";
  }
};
