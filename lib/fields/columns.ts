import { z } from "zod";

/** A column of a file: which model column, under which name, and whether only its salted SHA-256 is exported. */
export const columnChoiceSchema = z.object({
  name: z.string().min(1).max(64),
  as: z
    .string()
    .regex(
      /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
      "Must be 1 to 64 letters, digits, and underscores, and must not start with a digit.",
    )
    .nullable()
    .default(null),
  hash: z.boolean().default(false),
});

/** In file order; null exports every column of the model as it is. */
export const columnsSchema = z.array(columnChoiceSchema).min(1, "Select at least one column.").max(64).nullable();

export type ColumnChoice = z.infer<typeof columnChoiceSchema>;
