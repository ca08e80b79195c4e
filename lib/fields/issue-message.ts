import { z } from "zod";

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const plural = (count: unknown, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

const limit = (issue: RawIssue & { code: "too_small" | "too_big" }) => {
  const [word, bound] = issue.code === "too_small" ? ["at least", issue.minimum] : ["at most", issue.maximum];
  if (issue.origin === "string") return `must be ${word} ${plural(bound, "character")}`;
  if (issue.origin === "array") return `must have ${word} ${plural(bound, "item")}`;
  return `must be ${word} ${bound}`;
};

/** What a value must be, where Zod's own name for it isn't the usual one. */
const TYPES: Partial<Record<string, string>> = { int: "whole number", record: "object", array: "list" };
const FORMATS: Partial<Record<string, string>> = { email: "an email address", url: "a URL", uuid: "a UUID" };

const typeMessage = (expected: string) => {
  const name = TYPES[expected] ?? expected;
  return `must be ${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
};

/** Zod's own issues as ends of a sentence that begins with the field's path: "is required", "must be at least 1". */
export const issueMessage: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined && issue.code === "invalid_type") return "is required";
  switch (issue.code) {
    case "invalid_type":
      return typeMessage(issue.expected);
    case "too_small":
    case "too_big":
      return limit(issue);
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "unrecognized_keys":
      return `has the unknown ${issue.keys.length === 1 ? "field" : "fields"} ${issue.keys.join(", ")}`;
    case "invalid_format":
      return FORMATS[issue.format] ? `must be ${FORMATS[issue.format]}` : "is not valid";
    default:
      return "is not valid";
  }
};

// For every schema of the process or page, in forms too: no rule without a message of its own shows Zod's.
z.config({ customError: issueMessage });
