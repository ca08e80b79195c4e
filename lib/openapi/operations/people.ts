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
  summary: "The organization that you work in",
  answer: organizationSchema,
});

export const getQuotas = operation({
  id: "getQuotas",
  permission: "view",
  tag: "People",
  summary: "How many exports, connections and more the organization has, and may have",
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
  summary: "Make an organization and become its owner",
  body: organizationNameSchema,
  answer: organizationSchema,
  status: 201,
});

export const listMembers = operation({
  id: "listMembers",
  permission: "view",
  tag: "People",
  summary: "The members of the organization, by name",
  query: pageQuerySchema,
  answer: listOf(memberSchema),
});

export const patchMember = operation({
  id: "patchMember",
  permission: "people.manage",
  tag: "People",
  summary: "Give a member another role",
  description: "Only owners may make owners or change them. The last owner stays one: 409 with the code `last_owner`.",
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
  description: "Ends their sessions in this organization. The last owner stays: 409 with the code `last_owner`.",
  params: byId,
  answer: null,
  errors: [409],
});

export const listInvitations = operation({
  id: "listInvitations",
  permission: "people.manage",
  tag: "People",
  summary: "Invitations that are open, the newest first",
  query: pageQuerySchema,
  answer: listOf(invitationSchema),
});

export const invite = operation({
  id: "invite",
  permission: "people.manage",
  tag: "People",
  summary: "Invite somebody",
  description:
    "Sends an email with the link, and returns the link this one time. Replaces an open invitation of the address.",
  body: inviteSchema,
  answer: sentInvitationSchema,
  status: 201,
  errors: [409],
});

export const resendInvitation = operation({
  id: "resendInvitation",
  permission: "people.manage",
  tag: "People",
  summary: "Send an invitation anew; the old link is void",
  params: byId,
  answer: sentInvitationSchema,
});

export const revokeInvitation = operation({
  id: "revokeInvitation",
  permission: "people.manage",
  tag: "People",
  summary: "Take an invitation back",
  params: byId,
  answer: null,
});

export const lookUpInvitation = operation({
  id: "lookUpInvitation",
  permission: null,
  tag: "People",
  summary: "What an invitation is for",
  body: lookUpInvitationSchema,
  answer: openInvitationSchema,
  errors: [404],
});

export const acceptInvitation = operation({
  id: "acceptInvitation",
  permission: null,
  tag: "People",
  summary: "Accept an invitation",
  description: "Users with a login must be signed in with the invited address; others enter a name and a password.",
  body: acceptInvitationSchema,
  answer: openInvitationSchema,
  errors: [401, 403, 404, 409],
});

export const listApiKeys = operation({
  id: "listApiKeys",
  permission: "keys.manage",
  tag: "People",
  summary: "API keys of a project, the newest first",
  params: byProject,
  query: pageQuerySchema,
  answer: listOf(apiKeySchema),
});

export const createApiKey = operation({
  id: "createApiKey",
  permission: "keys.manage",
  tag: "People",
  summary: "Make an API key",
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
  summary: "Revoke an API key for good",
  params: byId,
  answer: null,
});
