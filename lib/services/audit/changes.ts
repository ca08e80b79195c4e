import type { AuditChange } from "@/lib/schemas/audit";

type Fields = Record<string, unknown>;

/** Fields that are secrets: the log says that they changed, never from what to what. */
const SECRET = /secret|password|token|hash|signing|^url$|credential/i;

/**
 * The fields that differ between two states of an object, by their dotted paths; objects are gone into, lists are compared as
 * one value. Null stands for an object that is not there yet, or no more. Secrets are named with nulls for values.
 */
export function changesBetween(before: Fields | null, after: Fields | null, path = ""): AuditChange[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields].sort().flatMap((name) => {
    const [old, now] = [plain(before?.[name]), plain(after?.[name])];
    const field = path + name;
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    if (SECRET.test(name)) return [{ field, before: null, after: null }];
    if (isFields(old) || isFields(now))
      return changesBetween(isFields(old) ? old : null, isFields(now) ? now : null, `${field}.`);
    return [{ field, before: old, after: now }];
  });
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));
