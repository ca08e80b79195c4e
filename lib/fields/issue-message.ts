import { z } from "zod";
import { REQUIRED } from "./required";

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

/** What a value must be, where Zod's own name for it isn't the usual one. */
const TYPES: Partial<Record<string, string>> = { int: "whole number", record: "object" };
const FORMATS: Partial<Record<string, string>> = { email: "an email address", url: "a URL", uuid: "a UUID" };

const typeMessage = (expected: string) => {
  const name = TYPES[expected] ?? expected;
  return `Must be ${/^[aeiou]/.test(name) ? "an" : "a"} ${name}.`;
};

/** Zod's own issues as sentences for a form's field and an API response: "Must be at least 1." */
const issueMessage: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined && issue.code === "invalid_type") return REQUIRED;
  switch (issue.code) {
    case "invalid_type":
      return typeMessage(issue.expected);
    case "too_small":
    case "too_big":
      return limit(issue);
    case "invalid_value":
      return oneOf(issue.values.map(String));
    case "unrecognized_keys":
      return `Unknown ${issue.keys.length === 1 ? "field" : "fields"}: ${issue.keys.join(", ")}.`;
    case "invalid_format":
      return FORMATS[issue.format] ? `Must be ${FORMATS[issue.format]}.` : "This value isn't valid.";
    default:
      return "This value isn't valid.";
  }
};

// For every schema of the process or page, in forms too: no rule without a message of its own shows Zod's.
z.config({ customError: issueMessage });
