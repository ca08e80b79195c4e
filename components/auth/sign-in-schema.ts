import { z } from "zod";
import "@/lib/fields/issue-message";

/** What the sign-in form asks for. */
export const signInSchema = z.object({
  email: z.email("Enter an email address, like you@example.com."),
  password: z.string().min(1, "Enter your password."),
});

/** For someone whose address is known. */
export const passwordOnlySchema = signInSchema.pick({ password: true });
