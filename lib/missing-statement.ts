import type { Failure } from "./errors";

const MISSING = /\b((?:s3|kms):[A-Za-z]+) on (arn:[^\s,;]+)/;

/**
 * The IAM statement that gives a permission that a failure's fix asks for, as JSON to paste; null when it names none. Mails
 * and pages show the same.
 */
export function missingStatement({ fix }: Pick<Failure, "fix">): string | null {
  const [, action, resource] = MISSING.exec(fix ?? "") ?? [];
  return action && resource
    ? JSON.stringify({ Effect: "Allow", Action: [action], Resource: [resource] }, null, 2)
    : null;
}
