import { z } from "zod";
import { createProjectSchema } from "@/lib/schemas/organization";

/** The API's rules, applied to text input. */
export const projectFormSchema = createProjectSchema.extend({
  sourceProjectId: z
    .string()
    .trim()
    .regex(/^\d+$/, "Enter a whole number, such as 1.")
    .transform(Number)
    .pipe(createProjectSchema.shape.sourceProjectId),
});
