import { z } from "zod";

/** What the sign-in form asks for. */
export const signInSchema = z.object({
  email: z.email("must be an address like you@example.com"),
  password: z.string().min(1, "is required"),
});

/** For someone whose address is known. */
export const passwordOnlySchema = signInSchema.pick({ password: true });
