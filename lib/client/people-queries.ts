import { type InfiniteData, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { List } from "@/lib/fields/common";
import type { Input } from "@/lib/openapi/client";
import type { Mail } from "@/lib/schemas/organization";
import { pagesOf, queryOf } from "./asking";

const MAIL_MS = 5000;

/** Queries about people, tenants, emails, and alerts. Switching the organization resets them all. */

export const organizationQuery = () => queryOf("getOrganization", {});

export const membersQuery = () => pagesOf("listMembers", (query) => ({ query }));

export const invitationsQuery = () => pagesOf("listInvitations", (query) => ({ query }));

/** What an invitation link is for. Its token can be used once, so the answer stays valid while the page is open. */
export const invitationQuery = (token: string | null) =>
  queryOptions({
    ...queryOf("lookUpInvitation", { body: { token: token ?? "" } }),
    enabled: token !== null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Whose password a reset link sets. */
export const passwordResetQuery = (token: string | null) =>
  queryOptions({
    ...queryOf("lookUpPasswordReset", { body: { token: token ?? "" } }),
    enabled: token !== null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const apiKeysQuery = (projectId: string) =>
  pagesOf("listApiKeys", (query) => ({ params: { projectId }, query }));

export const alertChannelsQuery = () => queryOf("listAlertChannels", {});

export const alertsQuery = () => pagesOf("listAlerts", (query) => ({ query }), 20);

export type AuditFilters = Omit<NonNullable<Input<"listAudit">["query"]>, "cursor" | "limit">;

export const auditQuery = (filters: AuditFilters) => ({
  ...pagesOf("listAudit", (page) => ({ query: { ...page, ...filters } })),
  // Keep showing the old entries while those of another filter load.
  placeholderData: keepPreviousData,
});

export const mailsQuery = () => ({
  ...pagesOf("listMails", (query) => ({ query })),
  // A queued email is soon sent, or kept.
  refetchInterval: ({ state: { data } }: { state: { data?: InfiniteData<List<Mail>> | undefined } }) =>
    data?.pages.some(({ items }) => items.some(({ state }) => state === "queued")) ? MAIL_MS : false,
});

export const mailQuery = (id: string) => queryOf("getMail", { params: { id } });

export const sessionsQuery = () => queryOf("listSessions", {});

export const quotasQuery = () => queryOf("getQuotas", {});
