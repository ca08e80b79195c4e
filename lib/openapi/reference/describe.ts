import { isNullable, type JsonSchema, nameOf, typesOf, variantsOf } from "./schema";

/** A value as the reference shows it. */
export interface Described {
  /** `string`, `array of Run`, `S3Destination or SnowflakeSettings`. */
  type: string;
  /** Names of schemas in `type`, to link to. */
  names: string[];
  description: string | null;
  /** What the value must be: `at least 1`, `one of a, b`. */
  rules: string[];
  fields: DescribedField[];
}

export interface DescribedField extends Described {
  name: string;
  required: boolean;
}

/** Describes a schema and its fields; named schemas are only named. */
export function describeSchema(schema: JsonSchema): Described {
  const item = schema.items && describeSchema(schema.items);
  const variants = variantsOf(schema).map(describeSchema);
  const values =
    typeof schema.additionalProperties === "object" ? describeSchema(schema.additionalProperties) : undefined;
  const inner = [...(item ? [item] : []), ...variants, ...(values ? [values] : [])];
  return {
    type: typeWords(schema, { item, variants, values }) + (isNullable(schema) ? " or null" : ""),
    names: [...(schema.$ref ? [nameOf(schema.$ref)] : []), ...inner.flatMap(({ names }) => names)],
    description: schema.description ?? null,
    rules: [...rulesOf(schema), ...(item?.rules.map((rule) => `each ${rule}`) ?? [])],
    fields: [...fieldsOf(schema), ...inner.flatMap(({ fields }) => fields)],
  };
}

interface Inner {
  item: Described | undefined;
  variants: Described[];
  values: Described | undefined;
}

function typeWords(schema: JsonSchema, { item, variants, values }: Inner): string {
  if (schema.$ref) return nameOf(schema.$ref);
  if (variants.length > 0) return [...new Set(variants.map(({ type }) => type))].join(" or ");
  if (item) return `array of ${item.type}`;
  if (values && !schema.properties) return `map of ${values.type}`;
  return typesOf(schema).join(" or ") || "any value";
}

function fieldsOf({ properties = {}, required = [], allOf = [] }: JsonSchema): DescribedField[] {
  const own = Object.entries(properties).map(([name, schema]) => ({
    name,
    required: required.includes(name),
    ...describeSchema(schema),
  }));
  return [...own, ...allOf.flatMap(fieldsOf)];
}

const spell = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

function rulesOf(schema: JsonSchema): string[] {
  const { format, enum: allowed, const: only, minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  return [
    format && (FORMATS[format] ?? format),
    allowed && `one of ${allowed.map(spell).join(", ")}`,
    only !== undefined && `always ${spell(only)}`,
    range(minimum, maximum, ""),
    range(minLength, maxLength, " characters"),
    range(minItems, maxItems, " entries"),
    schema.default !== undefined && schema.default !== null && `default ${spell(schema.default)}`,
  ].filter((rule) => typeof rule === "string");
}

const FORMATS: Record<string, string> = { uuid: "UUID", "date-time": "ISO 8601 time", uri: "URL" };

function range(least: number | undefined, most: number | undefined, unit: string): string | false {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
  if (least !== undefined) return `at least ${least}${unit}`;
  return most !== undefined && `at most ${most}${unit}`;
}
