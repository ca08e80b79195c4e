import { openApiDocument } from "../document";
import { type Described, describeSchema } from "./describe";
import { exampleOf } from "./example";
import type { Schemas } from "./schema";

export interface NamedSchema extends Described {
  name: string;
  /** An example as indented JSON. */
  example: string;
}

export const documentSchemas = (): Schemas => (openApiDocument().components?.schemas ?? {}) as Schemas;

/** Every named schema, by name. */
export function namedSchemas(): NamedSchema[] {
  const schemas = documentSchemas();
  return Object.keys(schemas)
    .sort()
    .map((name) => {
      const schema = schemas[name] ?? {};
      return { name, ...describeSchema(schema), example: JSON.stringify(exampleOf(schema, { schemas }), null, 2) };
    });
}
