/**
 * The values of a form that its user changed. Saving only these leaves alone what someone else has changed in the
 * meantime.
 */
export function dirtyValues<T extends object>(values: T, dirty: Partial<Record<keyof T, unknown>>): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => Boolean(dirty[name as keyof T]))) as Partial<T>;
}
