import type { Role } from "@/lib/permissions";
import type {
  AlertChannel,
  CreateAlertChannel,
  NewAlertChannel,
  PatchAlertChannel,
  TestAlertChannel,
} from "@/lib/schemas/alert";
import type { ChangePassword, Me, SignUp, Switch } from "@/lib/schemas/me";
import type {
  AcceptInvitation,
  CreateApiKey,
  CreateProject,
  Invite,
  Member,
  NewApiKey,
  OpenInvitation,
  Organization,
  OrganizationName,
  SentInvitation,
} from "@/lib/schemas/organization";
import type { Project } from "@/lib/schemas/project";
import { api, workIn } from "./api";

/** What a person can do with people, tenants and their own account, each one call of the API. */

export async function switchPlace(body: Switch): Promise<Me> {
  const me = await api<Me>("/me/switch", { method: "POST", body });
  workIn(me.organization.id);
  return me;
}

export const patchMe = (body: { name: string }) => api<Me>("/me", { method: "PATCH", body });

export const changePassword = (body: ChangePassword) => api<void>("/me/password", { method: "POST", body });

export const endSession = (id: string) => api<void>(`/me/sessions/${id}`, { method: "DELETE" });

export const endOtherSessions = () => api<void>("/me/sessions/end-others", { method: "POST" });

export const signUp = (body: SignUp) => api<Pick<Me, "organization">>("/sign-up", { method: "POST", body });

export const renameOrganization = (body: OrganizationName) =>
  api<Organization>("/organization", { method: "PATCH", body });

export const createOrganization = (body: OrganizationName) =>
  api<Organization>("/organizations", { method: "POST", body });

export const createProject = (body: CreateProject) => api<Project>("/projects", { method: "POST", body });

export const renameProject = (id: string, body: OrganizationName) =>
  api<Project>(`/projects/${id}`, { method: "PATCH", body });

export const patchMember = (id: string, role: Role) =>
  api<Member>(`/members/${id}`, { method: "PATCH", body: { role } });

export const removeMember = (id: string) => api<void>(`/members/${id}`, { method: "DELETE" });

export const invite = (body: Invite) => api<SentInvitation>("/invitations", { method: "POST", body });

export const resendInvitation = (id: string) => api<SentInvitation>(`/invitations/${id}/resend`, { method: "POST" });

export const revokeInvitation = (id: string) => api<void>(`/invitations/${id}`, { method: "DELETE" });

export const lookUpInvitation = (token: string) =>
  api<OpenInvitation>("/invitations/look-up", { method: "POST", body: { token } });

export const acceptInvitation = (body: AcceptInvitation) =>
  api<OpenInvitation>("/invitations/accept", { method: "POST", body });

export const createApiKey = (projectId: string, body: CreateApiKey) =>
  api<NewApiKey>(`/projects/${projectId}/api-keys`, { method: "POST", body });

export const revokeApiKey = (id: string) => api<void>(`/api-keys/${id}`, { method: "DELETE" });

export const createAlertChannel = (body: CreateAlertChannel) =>
  api<NewAlertChannel>("/alert-channels", { method: "POST", body });

export const patchAlertChannel = (id: string, body: PatchAlertChannel) =>
  api<AlertChannel>(`/alert-channels/${id}`, { method: "PATCH", body });

export const deleteAlertChannel = (id: string) => api<void>(`/alert-channels/${id}`, { method: "DELETE" });

export const testAlertChannel = (id: string) => api<TestAlertChannel>(`/alert-channels/${id}/test`, { method: "POST" });
