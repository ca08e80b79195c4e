/** `{allOf: [{$ref}, {type: [..., "null"]}]}`: what the generator writes for a named schema that may be null. */
function nullableRef(value: object): object | null {
  const { allOf } = value as { allOf?: { $ref?: string; type?: unknown }[] };
  const [named, extra] = allOf ?? [];
  if (allOf?.length !== 2 || !named?.$ref || !Array.isArray(extra?.type) || !extra.type.includes("null")) return null;
  return { anyOf: [{ $ref: named.$ref }, { type: "null" }] };
}

/** Rewrites a document's nullable references: as the generator leaves them they would never accept null. */
export function mendNullable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mendNullable);
  if (typeof value !== "object" || value === null) return value;
  return (
    nullableRef(value) ?? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mendNullable(inner)]))
  );
}
