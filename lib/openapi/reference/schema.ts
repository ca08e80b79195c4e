/** The part of JSON Schema that the API's document uses. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

export type Schemas = Readonly<Record<string, JsonSchema>>;

const PREFIX = "#/components/schemas/";

/** The name in a reference to a named schema. */
export const nameOf = (ref: string): string => ref.slice(PREFIX.length);

/** The types of a schema, without null. */
export const typesOf = ({ type }: JsonSchema): string[] =>
  (Array.isArray(type) ? type : type === undefined ? [] : [type]).filter((name) => name !== "null");

/** Whether a value may be null. */
export const isNullable = ({ type, anyOf = [], oneOf = [] }: JsonSchema): boolean =>
  (Array.isArray(type) && type.includes("null")) || [...anyOf, ...oneOf].some((each) => each.type === "null");

/** What a value may be, if it is one of several schemas; null is not among them. */
export const variantsOf = ({ anyOf, oneOf }: JsonSchema): JsonSchema[] =>
  (anyOf ?? oneOf ?? []).filter((each) => each.type !== "null");
