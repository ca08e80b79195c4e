/** Whether two connections of one type have the same settings, field by field. */
export function sameConfig(a: object, b: object): boolean {
  const other = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).every(([name, value]) => other.get(name) === value);
}
