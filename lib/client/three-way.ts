/** A field that two edits of one version may both have changed. */
export interface Difference {
  /** Dotted, like `schedule.every`. */
  path: string;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Equality of values as they are on the wire, whatever the order of their fields. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  if (!isFields(a) || !isFields(b)) return Object.is(a, b);
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => sameValue(a[name], b[name]));
}

/** Objects of one type are compared field by field; any other value as a whole. */
const canSplit = (values: unknown[]): values is Fields[] =>
  values.every(isFields) && new Set(values.map((value) => (value as Fields).type)).size === 1;

/** The fields in which any two of three versions differ. */
export function differences(base: unknown, mine: unknown, theirs: unknown, path = ""): Difference[] {
  const versions = [base, mine, theirs];
  if (!canSplit(versions))
    return sameValue(base, mine) && sameValue(base, theirs) ? [] : [{ path, base, mine, theirs }];
  const names = new Set(versions.flatMap((version) => Object.keys(version)));
  const [b, m, t] = versions as [Fields, Fields, Fields];
  return [...names].flatMap((name) => differences(b[name], m[name], t[name], path === "" ? name : `${path}.${name}`));
}

/** My edit on top of theirs: what I changed is mine, and the rest is theirs. */
export function rebase<T>(base: T, mine: T, theirs: T): T {
  const versions: unknown[] = [base, mine, theirs];
  if (!canSplit(versions)) return sameValue(base, mine) ? theirs : mine;
  const [b, m, t] = versions as [Fields, Fields, Fields];
  const names = [...new Set([...Object.keys(t), ...Object.keys(m)])];
  const merged = names.map((name): [string, unknown] => [name, rebase(b[name], m[name], t[name])]);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined)) as T;
}
