import type { FieldValues, Resolver } from "react-hook-form";
import type { z } from "zod";

const UNREACHABLE = "Couldn’t load this form’s rules. Check your connection and try again.";

/**
 * A form's resolver whose schema is loaded when a form is first validated: with zod, schemas are a large part of a page,
 * and most visits submit nothing. If loading fails, the form shows that as its error.
 */
export function lazyResolver<Schema extends z.ZodType<unknown, FieldValues>>(
  load: () => Promise<Schema>,
): Resolver<z.input<Schema>, unknown, z.output<Schema>> {
  type Resolve = Resolver<z.input<Schema>, unknown, z.output<Schema>>;
  const failed = { values: {}, errors: { root: { type: "load", message: UNREACHABLE } } } as unknown as Awaited<
    ReturnType<Resolve>
  >;
  return async (values, context, settings) => {
    const loaded = await Promise.all([import("@hookform/resolvers/zod"), load()]).catch(() => null);
    if (loaded === null) return failed;
    const [{ zodResolver }, schema] = loaded;
    const resolve = zodResolver(schema) as Resolve;
    return resolve(values, context, settings);
  };
}
