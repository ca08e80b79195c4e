import type { Problem } from "./types";

/** A problem of the field at a dotted path, such as `destination.format`. */
export const at = (path: string, message: string): Problem => ({ path: path.split("."), message });

export const list = (names: readonly string[]) => names.join(", ");

/** Says which values a field may have. */
export const oneOf = (names: readonly string[]) =>
  names.length === 1 ? `must be ${names[0]}` : `must be one of ${list(names)}`;
