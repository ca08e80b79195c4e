import type { Fix } from "@/lib/rows/problem";
import { combinationProblems } from "@/lib/schemas/combination";
import type { CreateExport } from "@/lib/schemas/export";
import { FIELDS } from "./field-words";
import { keepUsual } from "./usual";

/** A copy with another value at a path of names and indexes. */
function withValue(whole: unknown, [name, ...below]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(whole)) return whole.with(Number(name), withValue(whole[Number(name)], below, value));
  const fields = whole as Record<string, unknown>;
  return { ...fields, [name]: withValue(fields[name], below, value) };
}

/** Applies a fix, keeping default values at their defaults. */
function apply(value: CreateExport, { path, value: fixed }: Fix): CreateExport {
  const after = withValue(value, path.split("."), fixed) as CreateExport;
  return { ...after, destination: keepUsual(value.destination, after.destination) };
}

/** Applies fixes until no fixable problem remains. */
function fixAll(value: CreateExport): CreateExport {
  let fixed = value;
  // Each fix removes a problem; the limit is for rules that contradict each other.
  for (let turn = 0; turn < 500; turn += 1) {
    const fix = combinationProblems(fixed).find((problem) => problem.fix)?.fix;
    if (!fix) return fixed;
    fixed = apply(fixed, fix);
  }
  return fixed;
}

/** Adapts the form to a choice, and lists in words what else changed. */
export function follow(before: CreateExport, chosen: CreateExport): { value: CreateExport; changes: string[] } {
  const destination = keepUsual(before.destination, chosen.destination);
  const value = fixAll({ ...chosen, destination });
  const changed = FIELDS.filter(({ of }) => JSON.stringify(of(value)) !== JSON.stringify(of(chosen)));
  return { value, changes: changed.map(({ label, show }) => `${label}: ${show(value)}`) };
}
