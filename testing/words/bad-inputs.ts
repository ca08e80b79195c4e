import type { z } from "zod";

/** Values that are wrong in one way or another: type, length, size, format, content. */
const BAD = [undefined, null, 7, -1e9, 1e99, 1.5, Number.NaN, "", "x", "x".repeat(200_000), true, [], {}, [null]];

type Def = z.core.$ZodTypeDef & Record<string, unknown>;
type Schema = z.core.$ZodType;

const defOf = (schema: Schema) => schema._zod.def as Def;

/** An object with its literals right, so that the other fields of a variant are looked at. */
const frame = (shape: Record<string, Schema>) =>
  Object.fromEntries(
    Object.entries(shape).flatMap(([name, field]) => {
      const { type, values } = defOf(field);
      return type === "literal" ? [[name, (values as unknown[])[0]]] : [];
    }),
  );

function objectInputs({ shape }: Def): unknown[] {
  const fields = Object.entries(shape as Record<string, Schema>);
  const fixed = frame(shape as Record<string, Schema>);
  const all = BAD.map((value) => ({ ...Object.fromEntries(fields.map(([name]) => [name, value])), ...fixed }));
  const each = fields.flatMap(([name, field]) => badInputs(field).map((value) => ({ ...fixed, [name]: value })));
  return [...all, ...each, { ...fixed, unknown: 1 }];
}

function innerInputs(def: Def): unknown[] {
  const inner = (def.innerType ?? def.in) as Schema | undefined;
  switch (def.type) {
    case "object":
      return objectInputs(def);
    case "array":
      return [...badInputs(def.element as Schema).map((value) => [value]), Array(5000).fill("x")];
    case "union":
      return (def.options as Schema[]).flatMap(badInputs);
    default:
      return inner ? badInputs(inner) : [];
  }
}

/** Inputs that a schema refuses, at every field of it and in every variant. */
export const badInputs = (schema: Schema): unknown[] => [...BAD, ...innerInputs(defOf(schema))];
