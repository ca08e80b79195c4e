import type { AuditChange } from "@/lib/schemas/audit";

type Fields = Record<string, unknown>;

/** A secret: the log records that it changed, never its values. */
export class Secret {
  constructor(readonly value: string | null) {}
}

/**
 * Returns the fields that differ, by dotted path. Nested objects are compared field by field, lists as one value. A
 * null state means that the object does not exist. A changed `Secret` has null values.
 */
export function changesBetween(before: Fields | null, after: Fields | null, path = ""): AuditChange[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields].sort().flatMap((name) => {
    const [old, now] = [plain(before?.[name]), plain(after?.[name])];
    const field = path + name;
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    if (old instanceof Secret || now instanceof Secret) return [{ field, before: null, after: null }];
    if (isFields(old) || isFields(now))
      return changesBetween(isFields(old) ? old : null, isFields(now) ? now : null, `${field}.`);
    return [{ field, before: old, after: now }];
  });
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));
