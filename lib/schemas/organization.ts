import { z } from "zod";
import { idSchema, nameSchema, timeSchema } from "../fields/common";
import { SCOPES } from "../permissions";
import { passwordSchema, roleSchema } from "./me";

export const organizationSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** What this organization's AWS roles must require (sts:ExternalId). */
  externalId: idSchema,
  createdAt: z.string(),
});

export const organizationNameSchema = z.object({ name: nameSchema });

export const createProjectSchema = z.object({
  name: nameSchema,
  /** ClickHouse's project_id. */
  sourceProjectId: z.number().int("Must be a whole number.").min(0).max(4_294_967_295),
});

export const memberSchema = z.object({
  id: idSchema,
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  createdAt: z.string(),
  /** When the person was last active here; null for never or long ago. */
  lastSeenAt: z.string().nullable(),
  /** Names of the API keys that stop working when the person leaves: the unexpired, unrevoked keys they created. */
  apiKeys: z.array(z.string()),
});

export const patchMemberSchema = z.object({ role: roleSchema });

export const inviteSchema = z.object({
  email: z
    .email("Enter an email address like you@example.com.")
    .max(254)
    .transform((value) => value.toLowerCase()),
  role: roleSchema,
});

export const invitationSchema = z.object({
  id: idSchema,
  email: z.string(),
  role: roleSchema,
  invitedBy: z.string().nullable(),
  expiresAt: z.string(),
  createdAt: z.string(),
});

/**
 * Includes the link to hand over, which is never shown again. Null if an email has it, because only reading that email
 * proves that the address is theirs.
 */
export const sentInvitationSchema = invitationSchema.extend({ link: z.string().nullable(), mailed: z.boolean() });

const tokenSchema = z.string().min(20, "This invitation isn't valid.").max(200);

export const lookUpInvitationSchema = z.object({ token: tokenSchema });

/** What an invited person sees before accepting. */
export const openInvitationSchema = z.object({
  organization: z.string(),
  email: z.string(),
  role: roleSchema,
  /** Whether the address already has a login: the person then signs in and chooses no password. */
  hasLogin: z.boolean(),
});

export const acceptInvitationSchema = z.object({
  token: tokenSchema,
  /** For new logins only. */
  name: nameSchema.optional(),
  password: passwordSchema.optional(),
});

export const apiKeySchema = z.object({
  id: idSchema,
  name: z.string(),
  /** Its first characters, to distinguish keys. */
  prefix: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  role: roleSchema,
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});

export const createApiKeySchema = z.object({
  name: nameSchema,
  scopes: z
    .array(z.enum(SCOPES))
    .min(1, "Must have at least one of: read, write.")
    .transform((scopes) => [...new Set(scopes)]),
  expiresAt: timeSchema.nullable().default(null),
});

/** Includes the key itself, which is never shown again. */
export const newApiKeySchema = apiKeySchema.extend({ key: z.string() });

export const mailSchema = z.object({
  id: idSchema,
  to: z.string(),
  subject: z.string(),
  state: z.enum(["queued", "sent", "kept", "failed"]),
  lastError: z.string().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
});

export const mailWithTextSchema = mailSchema.extend({ text: z.string() });

export type Organization = z.infer<typeof organizationSchema>;
export type OrganizationName = z.infer<typeof organizationNameSchema>;
export type CreateProject = z.infer<typeof createProjectSchema>;
export type Member = z.infer<typeof memberSchema>;
export type Invite = z.infer<typeof inviteSchema>;
export type Invitation = z.infer<typeof invitationSchema>;
export type SentInvitation = z.infer<typeof sentInvitationSchema>;
export type OpenInvitation = z.infer<typeof openInvitationSchema>;
export type AcceptInvitation = z.infer<typeof acceptInvitationSchema>;
export type ApiKey = z.infer<typeof apiKeySchema>;
export type CreateApiKey = z.infer<typeof createApiKeySchema>;
export type NewApiKey = z.infer<typeof newApiKeySchema>;
export type Mail = z.infer<typeof mailSchema>;
export type MailWithText = z.infer<typeof mailWithTextSchema>;
