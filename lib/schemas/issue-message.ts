import type { z } from "zod";

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const plural = (count: unknown, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

const oneOf = (values: readonly string[]) =>
  values.length === 1 ? `Must be ${values[0]}.` : `Must be one of: ${values.join(", ")}.`;

const limit = (issue: RawIssue & { code: "too_small" | "too_big" }) => {
  const [word, bound] = issue.code === "too_small" ? ["at least", issue.minimum] : ["at most", issue.maximum];
  if (issue.origin === "string") return `Must be ${word} ${plural(bound, "character")}.`;
  if (issue.origin === "array") return `Must have ${word} ${plural(bound, "item")}.`;
  return `Must be ${word} ${bound}.`;
};

/**
 * Zod's own issues as sentences for a form's field and for an API answer ("Must be at least 1."), for
 * rules without their own message. Pass it to `safeParse` as `{ error: issueMessage }`.
 */
export const issueMessage: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined && issue.code === "invalid_type") return "This field is required.";
  switch (issue.code) {
    case "invalid_type":
      return `Must be ${/^[aeiou]/.test(issue.expected) ? "an" : "a"} ${issue.expected}.`;
    case "too_small":
    case "too_big":
      return limit(issue);
    case "invalid_value":
      return oneOf(issue.values.map(String));
    case "unrecognized_keys":
      return `Unknown ${issue.keys.length === 1 ? "field" : "fields"}: ${issue.keys.join(", ")}.`;
    default:
      return "This value isn't valid.";
  }
};
