import { type JsonSchema, nameOf, type Schemas, typesOf, variantsOf } from "./schema";

/** A schema that contains itself would never end; none is as deep as this otherwise. */
const DEEPEST = 24;

interface Options {
  schemas: Schemas;
  /** Only what must be there, as in a first request. Otherwise every field, as in a response. */
  requiredOnly?: boolean;
}

/** An example value of a schema: its default, its first allowed value, or one of its type. */
export function exampleOf(schema: JsonSchema, options: Options, name = "", depth = 0): unknown {
  if (depth > DEEPEST) return null;
  const within = (inner: JsonSchema | undefined, called = name) => exampleOf(inner ?? {}, options, called, depth + 1);
  if (schema.$ref) return within(options.schemas[nameOf(schema.$ref)]);
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined && schema.default !== null) return schema.default;
  if (schema.enum) return schema.enum[0];
  const [variant] = variantsOf(schema);
  if (variant) return within(variant);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => within(part)));
  const [type] = typesOf(schema);
  if (type === "array") return [within(schema.items)];
  if (type === "object" || schema.properties) return exampleObject(schema, options, within);
  if (type === "boolean") return false;
  if (type === "integer" || type === "number") return NUMBERS[name] ?? schema.minimum ?? 0;
  return exampleText(schema, name);
}

type Within = (inner: JsonSchema | undefined, name: string) => unknown;

function exampleObject(schema: JsonSchema, { requiredOnly = false }: Options, within: Within): object {
  const { properties = {}, required = [], additionalProperties } = schema;
  const names = Object.keys(properties);
  // Where nothing must be there, the first field shows what could be.
  const shown = requiredOnly ? names.filter((name) => required.includes(name)) : names;
  const own = (shown.length > 0 ? shown : names.slice(0, 1)).map((name) => [name, within(properties[name], name)]);
  if (own.length > 0 || typeof additionalProperties !== "object") return Object.fromEntries(own);
  return { name: within(additionalProperties, "name") };
}

const NUMBERS: Record<string, number> = { rows: 1_204_311, bytes: 48_213_004, files: 2, windows: 24, port: 5432 };

const TEXTS: Record<string, string> = {
  email: "ada@example.com",
  name: "Events to S3",
  bucket: "acme-exports",
  prefix: "raw/{year}/{month}/{day}/",
  region: "us-east-1",
  host: "db.example.com",
  url: "https://example.com/hooks/penstock",
  timezone: "UTC",
  kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/0f5c1a52-7c1e-4d6f-9a35-0a4b6f5b2c11",
  expectedBucketOwner: "123456789012",
  roleArn: "arn:aws:iam::123456789012:role/penstock",
};

const FORMATS: Record<string, string> = {
  uuid: "0b9f1c52-7a0e-4c3d-9d57-3f7a4d1c8e21",
  "date-time": "2026-03-08T12:00:00Z",
  email: "ada@example.com",
  uri: "https://example.com",
};

function exampleText({ format, minLength = 0 }: JsonSchema, name: string): string {
  if (format && FORMATS[format]) return FORMATS[format];
  const known = TEXTS[name] ?? (/At$|^interval|^from$|^to$/.test(name) ? FORMATS["date-time"] : undefined) ?? "string";
  return known.padEnd(minLength, "x");
}
