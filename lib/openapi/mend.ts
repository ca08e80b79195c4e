/** `{allOf: [{$ref}, {type: [..., "null"]}]}`: the generator's output for a nullable named schema. */
function nullableRef(value: object): object | null {
  const { allOf } = value as { allOf?: { $ref?: string; type?: unknown }[] };
  const [named, extra] = allOf ?? [];
  if (allOf?.length !== 2 || !named?.$ref || !Array.isArray(extra?.type) || !extra.type.includes("null")) return null;
  return { anyOf: [{ $ref: named.$ref }, { type: "null" }] };
}

/**
 * Fixes a generated document: rewrites nullable references, which would never accept null, and removes discriminators,
 * whose mapping omits the members that have rules of their own. The members' `type` says the same.
 */
export function mendDocument(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mendDocument);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([name, inner]) => !(name === "discriminator" && isMapping(inner)));
  return nullableRef(value) ?? Object.fromEntries(entries.map(([name, inner]) => [name, mendDocument(inner)]));
}

const isMapping = (value: unknown) => typeof value === "object" && value !== null && "propertyName" in value;
