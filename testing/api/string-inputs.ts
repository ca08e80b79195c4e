import { openApiDocument } from "@/lib/openapi/document";
import type { Operation } from "@/lib/openapi/operation";

/** Where a string enters an operation: a parameter by name, or a string of the body by path. */
export interface StringInput {
  in: "path" | "query" | "body";
  path: string[];
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

interface Documented {
  parameters?: { in: "path" | "query" | "header"; name: string }[];
  requestBody?: { content: { "application/json": { schema: Schema } } };
}

const resolved = (schema: Schema): Schema => {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : (openApiDocument().components?.schemas?.[name] as Schema);
};

/** The paths of all strings in a schema, in every variant; `0` is a list element. */
function stringsOf(schema: Schema, path: string[] = []): string[][] {
  const { type = [], properties = {}, additionalProperties, items, ...unions } = resolved(schema);
  const variants = [...(unions.anyOf ?? []), ...(unions.oneOf ?? []), ...(unions.allOf ?? [])];
  const free = typeof additionalProperties === "object" ? additionalProperties : null;
  return [
    ...([type].flat().includes("string") ? [path] : []),
    ...variants.flatMap((variant) => stringsOf(variant, path)),
    ...Object.entries(properties).flatMap(([name, inner]) => stringsOf(inner, [...path, name])),
    ...(items ? stringsOf(items, [...path, "0"]) : []),
    // A free-form field may hold a string, and its name is a string too.
    ...(free ? [[...path, "anything"]] : []),
  ];
}

/** Every string input that an operation documents, including all parameters, because they arrive as strings. */
export function stringInputs({ path, method }: Operation): StringInput[] {
  const item = openApiDocument().paths?.[path] as unknown as Record<string, Documented>;
  const { parameters = [], requestBody } = item[method.toLowerCase()] ?? {};
  const body = requestBody ? stringsOf(requestBody.content["application/json"].schema) : [];
  const distinct = new Map(body.map((found) => [found.join("."), found]));
  return [
    ...parameters.flatMap(({ in: where, name }) => (where === "header" ? [] : [{ in: where, path: [name] }])),
    ...[...distinct.values()].map((found) => ({ in: "body" as const, path: found })),
  ];
}

/** A copy of a body with a string at a path. Creates missing objects and lists. */
export function withText(body: unknown, [name, ...rest]: string[], text: string): unknown {
  if (name === undefined) return text;
  const isList = name === "0";
  const base = typeof body === "object" && body !== null && Array.isArray(body) === isList ? body : null;
  const inner = withText((base as Record<string, unknown> | null)?.[name], rest, text);
  return isList ? [inner] : { ...base, [name]: inner };
}
