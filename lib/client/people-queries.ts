import { type InfiniteData, infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { List } from "@/lib/fields/common";
import type { Alert, AlertChannel } from "@/lib/schemas/alert";
import type { AuditEntry, ListAuditQuery } from "@/lib/schemas/audit";
import type { Session } from "@/lib/schemas/me";
import type { ApiKey, Invitation, Mail, MailWithText, Member, Organization } from "@/lib/schemas/organization";
import type { Quotas } from "@/lib/schemas/quota";
import { api, query } from "./api";

const MAIL_MS = 5000;

/** The queries about people, tenants and what they are told. Switching the organization resets them all. */

type Filters = Record<string, string | number | null | undefined>;

/** A list that is read page by page. */
const pages = <T>(queryKey: readonly unknown[], path: string, filters: Filters = {}, limit = 50) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ signal, pageParam }) =>
      api<List<T>>(path + query({ ...filters, cursor: pageParam, limit }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const organizationQuery = () =>
  queryOptions({
    queryKey: ["organization"],
    queryFn: ({ signal }) => api<Organization>("/organization", { signal }),
  });

export const membersQuery = () => pages<Member>(["members"], "/members");

export const invitationsQuery = () => pages<Invitation>(["invitations"], "/invitations");

export const apiKeysQuery = (projectId: string) =>
  pages<ApiKey>(["api-keys", projectId], `/projects/${projectId}/api-keys`);

export const alertChannelsQuery = () =>
  queryOptions({
    queryKey: ["alert-channels"],
    queryFn: ({ signal }) => api<List<AlertChannel>>("/alert-channels", { signal }),
  });

export const alertsQuery = () => pages<Alert>(["alerts"], "/alerts", {}, 20);

export type AuditFilters = Partial<Omit<ListAuditQuery, "limit" | "cursor">>;

export const auditQuery = (filters: AuditFilters) => ({
  ...pages<AuditEntry>(["audit", filters], "/audit-log", filters),
  // What was there stays to be seen while another filter's entries come.
  placeholderData: keepPreviousData,
});

export const mailsQuery = () => ({
  ...pages<Mail>(["mails", "list"], "/mails"),
  // A mail that is on its way is soon sent, or kept.
  refetchInterval: ({ state: { data } }: { state: { data?: InfiniteData<List<Mail>> | undefined } }) =>
    data?.pages.some(({ items }) => items.some(({ state }) => state === "queued")) ? MAIL_MS : false,
});

export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: ["mails", id],
    queryFn: ({ signal }) => api<MailWithText>(`/mails/${id}`, { signal }),
  });

export const sessionsQuery = () =>
  queryOptions({
    queryKey: ["sessions"],
    queryFn: ({ signal }) => api<List<Session>>("/me/sessions", { signal }),
  });

export const quotasQuery = () =>
  queryOptions({ queryKey: ["quotas"], queryFn: ({ signal }) => api<Quotas>("/organization/quotas", { signal }) });
