import type { FieldKind } from "./types";

const TYPES: Partial<Record<FieldKind, string>> = {
  int: "Int64",
  float: "Float64",
  bool: "Bool",
  time: "DateTime64(6, 'UTC')",
};

/** SQL for NULL, with the type of a field of this kind. */
export const nothing = (kind: FieldKind): string => `CAST(NULL AS Nullable(${TYPES[kind] ?? "String"}))`;
