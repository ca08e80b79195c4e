import { listOf, pageQuerySchema } from "@/lib/fields/common";
import {
  acceptInvitationSchema,
  apiKeySchema,
  createApiKeySchema,
  invitationSchema,
  inviteSchema,
  lookUpInvitationSchema,
  memberSchema,
  newApiKeySchema,
  openInvitationSchema,
  organizationNameSchema,
  organizationSchema,
  patchMemberSchema,
  sentInvitationSchema,
} from "@/lib/schemas/organization";
import { quotasSchema } from "@/lib/schemas/quota";
import { operation } from "../operation";
import { byId, byProject } from "../params";

export const getOrganization = operation({
  id: "getOrganization",
  permission: "view",
  tag: "People",
  summary: "Get your current organization",
  answer: organizationSchema,
});

export const getQuotas = operation({
  id: "getQuotas",
  permission: "view",
  tag: "People",
  summary: "Get the organization's quotas and how much of each is used",
  answer: quotasSchema,
});

export const patchOrganization = operation({
  id: "patchOrganization",
  permission: "organization.manage",
  tag: "People",
  summary: "Rename the organization",
  body: organizationNameSchema,
  answer: organizationSchema,
});

export const createOrganization = operation({
  id: "createOrganization",
  permission: "organizations.create",
  tag: "People",
  summary: "Create an organization and become its owner",
  body: organizationNameSchema,
  answer: organizationSchema,
  status: 201,
});

export const listMembers = operation({
  id: "listMembers",
  permission: "view",
  tag: "People",
  summary: "List the organization's members by name",
  query: pageQuerySchema,
  answer: listOf(memberSchema),
});

export const patchMember = operation({
  id: "patchMember",
  permission: "people.manage",
  tag: "People",
  summary: "Change a member's role",
  description: "Only owners can add or change owners. Responds with 409 and the code `last_owner` for the last owner.",
  params: byId,
  body: patchMemberSchema,
  answer: memberSchema,
  errors: [409],
});

export const removeMember = operation({
  id: "removeMember",
  permission: "people.manage",
  tag: "People",
  summary: "Remove a member",
  description:
    "Ends their sessions in this organization. Responds with 409 and the code `last_owner` for the last owner.",
  params: byId,
  answer: null,
  errors: [409],
});

export const listInvitations = operation({
  id: "listInvitations",
  permission: "people.manage",
  tag: "People",
  summary: "List pending invitations, the newest first",
  query: pageQuerySchema,
  answer: listOf(invitationSchema),
});

export const invite = operation({
  id: "invite",
  permission: "people.manage",
  tag: "People",
  summary: "Create an invitation",
  description:
    "Sends an email with the link, or returns the link once. Replaces a pending invitation to the same email address.",
  body: inviteSchema,
  answer: sentInvitationSchema,
  status: 201,
  errors: [409],
});

export const resendInvitation = operation({
  id: "resendInvitation",
  permission: "people.manage",
  tag: "People",
  summary: "Send an invitation again with a new link",
  params: byId,
  answer: sentInvitationSchema,
});

export const revokeInvitation = operation({
  id: "revokeInvitation",
  permission: "people.manage",
  tag: "People",
  summary: "Revoke an invitation",
  params: byId,
  answer: null,
});

export const lookUpInvitation = operation({
  id: "lookUpInvitation",
  permission: null,
  tag: "People",
  summary: "Get an invitation by its token",
  body: lookUpInvitationSchema,
  answer: openInvitationSchema,
  errors: [404],
});

export const acceptInvitation = operation({
  id: "acceptInvitation",
  permission: null,
  tag: "People",
  summary: "Accept an invitation",
  description:
    "Users with a login must be signed in with the invited email address. Others send a name and a password.",
  body: acceptInvitationSchema,
  answer: openInvitationSchema,
  errors: [401, 403, 404, 409],
});

export const listApiKeys = operation({
  id: "listApiKeys",
  permission: "keys.manage",
  tag: "People",
  summary: "List a project's API keys, the newest first",
  params: byProject,
  query: pageQuerySchema,
  answer: listOf(apiKeySchema),
});

export const createApiKey = operation({
  id: "createApiKey",
  permission: "keys.manage",
  tag: "People",
  summary: "Create an API key",
  description: "The key itself is returned only here. It never has more permissions than the user who created it.",
  params: byProject,
  body: createApiKeySchema,
  answer: newApiKeySchema,
  status: 201,
});

export const revokeApiKey = operation({
  id: "revokeApiKey",
  permission: "keys.manage",
  tag: "People",
  summary: "Revoke an API key",
  params: byId,
  answer: null,
});
