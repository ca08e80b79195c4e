import { z } from "zod";
import { idSchema, nameSchema } from "../fields/common";
import { partialOf } from "../fields/partial";

interface Parts<
  Type extends string,
  Config extends z.ZodRawShape,
  Secret extends z.ZodRawShape,
  Trial extends z.ZodRawShape,
> {
  type: Type;
  /** The readable settings. */
  config: z.ZodObject<Config>;
  secret: z.ZodObject<Secret>;
  /** Additional fields for testing an unsaved connection. */
  trial: Trial;
  /** Rules across the fields of both. */
  check?: (value: z.output<z.ZodObject<Config & Secret>>, ctx: z.RefinementCtx) => void;
}

/** All API schemas of a destination's connections, from their settings and their secret. */
export function connectionSchemas<
  const Type extends string,
  Config extends z.ZodRawShape,
  Secret extends z.ZodRawShape,
  Trial extends z.ZodRawShape,
>({ type: name, config, secret, trial, check }: Parts<Type, Config, Secret, Trial>) {
  const fields: Config & Secret = { ...config.shape, ...secret.shape };
  const whole = z.object(fields);
  const type = z.literal(name);
  const full = check ? whole.superRefine(check) : whole;
  return {
    config,
    secret,
    /** Settings and secret together, as received. */
    full,
    /** The changeable fields of a connection. */
    patch: partialOf(fields),
    create: z.object({ type, config: full, name: nameSchema, automatic: z.boolean().default(true) }),
    test: z.object({ type, config: full, projectId: idSchema.optional(), ...trial }),
    readable: z.object({ type, config }),
  };
}
