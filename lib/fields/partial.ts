import { z } from "zod";

type Bare<Type> = Type extends z.ZodDefault<infer Inner> ? Inner : Type;

/** The same fields, all optional and without defaults: an omitted field stays unchanged. */
export function partialOf<Shape extends z.ZodRawShape>(shape: Shape) {
  const bare = Object.entries(shape).map(([name, type]) => [name, type instanceof z.ZodDefault ? type.unwrap() : type]);
  return z.object(Object.fromEntries(bare) as { [Name in keyof Shape]: Bare<Shape[Name]> }).exactPartial();
}
