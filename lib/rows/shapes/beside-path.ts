/**
 * A column's name in files whose folders already use it. A folder may hold less than the column: a long event name is
 * cut there (docs/decisions/0027).
 */
export const besidePath = (name: string, path: readonly string[]): string =>
  path.includes(name) ? `${name}_name` : name;
