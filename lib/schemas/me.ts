import { z } from "zod";
import { idSchema, nameSchema } from "../fields/common";
import { ROLES } from "../permissions";
import { projectSchema } from "./project";

export const roleSchema = z.enum(ROLES, { error: `Must be one of: ${ROLES.join(", ")}.` });

/** The signed-in person, their organization and project, and what they may see there. */
export const meSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  /** An operator: may create organizations and projects. */
  operator: z.boolean(),
  organization: z.object({ id: idSchema, name: z.string() }),
  role: roleSchema,
  /** The last chosen project; null while the organization has none. */
  projectId: idSchema.nullable(),
  projects: z.array(projectSchema),
  /** All of the person's organizations, with their projects. */
  organizations: z.array(
    z.object({ id: idSchema, name: z.string(), role: roleSchema, projects: z.array(projectSchema) }),
  ),
});

export const patchMeSchema = z.object({ name: nameSchema });

const emailSchema = z
  .email("Enter an email address like you@example.com.")
  .max(254)
  .transform((value) => value.toLowerCase());

export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().min(1, "Enter your password.").max(128, "Must be at most 128 characters."),
});

/** Where to work next. Defaults to the organization's first project. */
export const switchSchema = z.object({ organizationId: idSchema, projectId: idSchema.optional() });

export const passwordSchema = z
  .string()
  .min(12, "Must be at least 12 characters.")
  .max(128, "Must be at most 128 characters.");

export const changePasswordSchema = z.object({
  currentPassword: z.string().min(1, "Enter your current password."),
  newPassword: passwordSchema,
});

export const requestPasswordResetSchema = z.object({ email: emailSchema });

const resetTokenSchema = z.string().min(20, "Not the token of a link.").max(200);

export const lookUpPasswordResetSchema = z.object({ token: resetTokenSchema });

/** Whose password a link sets. */
export const openPasswordResetSchema = z.object({ email: z.string() });

export const resetPasswordSchema = z.object({ token: resetTokenSchema, password: passwordSchema });

export const sessionSchema = z.object({
  id: z.string(),
  current: z.boolean(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  expiresAt: z.string(),
});

export const signUpSchema = z.object({
  name: nameSchema,
  email: z
    .email("Enter an email address like you@example.com.")
    .max(254)
    .transform((value) => value.toLowerCase()),
  password: passwordSchema,
  organizationName: nameSchema,
});

export type { Role } from "../permissions";
export type SignIn = z.infer<typeof signInSchema>;
export type Me = z.infer<typeof meSchema>;
export type Switch = z.infer<typeof switchSchema>;
export type ChangePassword = z.infer<typeof changePasswordSchema>;
export type Session = z.infer<typeof sessionSchema>;
export type OpenPasswordReset = z.infer<typeof openPasswordResetSchema>;
export type ResetPassword = z.infer<typeof resetPasswordSchema>;
export type SignUp = z.infer<typeof signUpSchema>;
