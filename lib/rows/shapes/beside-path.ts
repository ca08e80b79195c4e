/**
 * What a column is called in files whose folders have its name. A folder may hold less than the column: an event's name is cut
 * there when it is long (docs/decisions/0027).
 */
export const besidePath = (name: string, path: readonly string[]): string =>
  path.includes(name) ? `${name}_name` : name;
