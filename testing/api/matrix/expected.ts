import type { Operation } from "@/lib/openapi/operation";
import { PERMISSIONS, ROLES, type Rule } from "@/lib/permissions";
import type { Subject } from "./subjects";

export type Verdict = "allowed" | "401" | "403" | "404" | "409";

/**
 * The expected cell of the matrix, from the permissions table alone. `touchesOurs`: the request names an object of
 * ours.
 */
export function expectedOf({ permission }: Operation, subject: Subject, touchesOurs: boolean): Verdict {
  if (permission === null) return "allowed";
  if (subject.kind === "nobody") return "401";
  if (subject.isLeftBehind && permission !== "self") return "409";
  const rule: Rule = PERMISSIONS[permission];
  if (subject.kind === "key" && (rule.key === null || !subject.scopes.includes(rule.key))) return "403";
  if (rule.operator && !subject.operator) return "403";
  if (ROLES.indexOf(subject.role) < ROLES.indexOf(rule.role)) return "403";
  if (!touchesOurs) return "allowed";
  return { ours: "allowed", sibling: "403", elsewhere: "404" }[subject.home] as Verdict;
}
