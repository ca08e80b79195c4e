import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Policy, PolicyRequest } from "@/lib/destinations/s3/policy-schema";
import type { List } from "@/lib/fields/common";
import type { EventName } from "@/lib/fields/event-name";
import type { Receipt } from "@/lib/fields/receipt";
import type { RunState } from "@/lib/fields/run-state";
import type { Activity, ListActivityQuery } from "@/lib/schemas/activity";
import type { Connection } from "@/lib/schemas/connection";
import type { CatchUp, Export, Preview } from "@/lib/schemas/export";
import type { CreateHistoricExport, HistoricEstimate, HistoricExport } from "@/lib/schemas/historic-export";
import type { Me } from "@/lib/schemas/me";
import type { Bucket, SetupScript, SetupScriptRequest } from "@/lib/schemas/policy";
import type { ReservedKeys } from "@/lib/schemas/reserved-keys";
import type { Coverage, LogFilter, Run, RunFile, RunLog } from "@/lib/schemas/run";
import { api, query } from "./api";
import { isActive, LIVE_MS, pollActivity, pollExports, pollWhileActive } from "./polling";
import type { PreviewInput } from "./preview";

/** Every query of the app. Keys go from the general to the special, so that a prefix invalidates all below it. */

export const meQuery = () =>
  queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => api<Me>("/me", { signal }), staleTime: 300_000 });

export const exportsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["exports", "list", projectId],
    queryFn: ({ signal }) => api<List<Export>>(`/projects/${projectId}/exports?limit=200`, { signal, keep: true }),
    refetchInterval: ({ state }) => pollExports(state.data?.items),
  });

export const exportQuery = (id: string) =>
  queryOptions({
    queryKey: ["exports", id],
    queryFn: ({ signal }) => api<Export>(`/exports/${id}`, { signal }),
    refetchInterval: ({ state }) => pollExports(state.data && [state.data]),
  });

/** Runs of an export, newest first. `live` says that some are under way though none shows yet. */
export const runsQuery = (exportId: string, state: RunState | null, live: boolean) =>
  infiniteQueryOptions({
    queryKey: ["exports", exportId, "runs", state],
    queryFn: ({ signal, pageParam }) =>
      api<List<Run>>(`/exports/${exportId}/runs${query({ state, cursor: pageParam, limit: 25 })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      live ? LIVE_MS : pollWhileActive(data?.pages.flatMap((page) => page.items)),
  });

export const coverageQuery = (exportId: string, from: string, to: string) =>
  queryOptions({
    queryKey: ["exports", exportId, "coverage", from, to],
    queryFn: ({ signal }) => api<Coverage[]>(`/exports/${exportId}/coverage${query({ from, to })}`, { signal }),
  });

export const catchUpQuery = (exportId: string) =>
  queryOptions({
    queryKey: ["exports", exportId, "catch-up"],
    queryFn: ({ signal }) => api<CatchUp | null>(`/exports/${exportId}/catch-up`, { signal }),
  });

export const historicExportsQuery = (exportId: string) =>
  queryOptions({
    queryKey: ["exports", exportId, "historic"],
    queryFn: ({ signal }) => api<List<HistoricExport>>(`/exports/${exportId}/historic-exports?limit=200`, { signal }),
    refetchInterval: ({ state }) => pollWhileActive(state.data?.items),
  });

export const estimateQuery = (exportId: string, range: CreateHistoricExport) =>
  queryOptions({
    queryKey: ["exports", exportId, "estimate", range.start, range.end],
    queryFn: ({ signal }) =>
      api<HistoricEstimate>(`/exports/${exportId}/historic-exports/estimate`, { method: "POST", body: range, signal }),
    retry: false,
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ["runs", id],
    queryFn: ({ signal }) => api<Run>(`/runs/${id}`, { signal }),
    refetchInterval: ({ state }) => pollWhileActive(state.data && [state.data]),
  });

export const runFilesQuery = (run: Run) =>
  queryOptions({
    // A run's end is part of the key: its files are asked for once more when it comes.
    queryKey: ["runs", run.id, "files", isActive(run)],
    queryFn: ({ signal }) => api<List<RunFile>>(`/runs/${run.id}/files?limit=200`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: isActive(run) ? LIVE_MS : false,
  });

export const receiptQuery = (runId: string) =>
  queryOptions({
    queryKey: ["runs", runId, "receipt"],
    queryFn: ({ signal }) => api<Receipt>(`/runs/${runId}/receipt`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A run's log so far; each poll asks only for the lines after the last one known. */
export const runLogsQuery = (run: Run, filter: LogFilter) => {
  const key = ["runs", run.id, "logs", filter] as const;
  return queryOptions({
    // A run's end is part of the key: its last lines are asked for once more when it comes.
    queryKey: [...key, isActive(run)] as const,
    queryFn: async ({ signal, client }) => {
      const known = [true, false].map((active) => client.getQueryData<RunLog[]>([...key, active]) ?? []);
      const lines = [...known.reduce((most, some) => (some.length > most.length ? some : most))];
      for (;;) {
        const after = lines.at(-1)?.id;
        const page = await api<List<RunLog>>(`/runs/${run.id}/logs${query({ ...filter, after, limit: 200 })}`, {
          signal,
        });
        lines.push(...page.items);
        if (page.nextCursor === null || page.items.length === 0) return lines;
      }
    },
    placeholderData: keepPreviousData,
    refetchInterval: isActive(run) ? LIVE_MS : false,
  });
};

/** The address of a run's log as a text file. */
export const runLogAddress = (runId: string, filter: LogFilter) =>
  `/api/runs/${runId}/logs/download${query({ ...filter })}`;

export type ActivityFilter = Partial<Pick<ListActivityQuery, "requestId" | "exportId" | "trigger" | "from" | "to">> & {
  state?: Activity["state"];
};

/** The requests of a project, newest first; asked for again as long as they are shown. */
export const activityQuery = (projectId: string, filter: ActivityFilter) =>
  infiniteQueryOptions({
    queryKey: ["activity", projectId, filter],
    queryFn: ({ signal, pageParam }) =>
      api<List<Activity>>(`/projects/${projectId}/activity${query({ ...filter, cursor: pageParam, limit: 50 })}`, {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => pollActivity(data?.pages.flatMap((page) => page.items)),
  });

export const connectionsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["connections", "list", projectId],
    queryFn: ({ signal }) => api<List<Connection>>(`/projects/${projectId}/connections?limit=200`, { signal }),
  });

export const connectionQuery = (id: string) =>
  queryOptions({
    queryKey: ["connections", id],
    queryFn: ({ signal }) => api<Connection>(`/connections/${id}`, { signal }),
  });

export const policyQuery = (request: PolicyRequest) =>
  queryOptions({
    queryKey: ["policy", request],
    queryFn: ({ signal }) => api<Policy>("/connections/policy", { method: "POST", body: request, signal }),
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  });

export const setupScriptQuery = (request: SetupScriptRequest) =>
  queryOptions({
    queryKey: ["setup-script", request],
    queryFn: ({ signal }) => api<SetupScript>("/connections/setup-script", { method: "POST", body: request, signal }),
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  });

export const bucketsQuery = () =>
  queryOptions({
    queryKey: ["buckets"],
    queryFn: ({ signal }) => api<List<Bucket>>("/buckets", { signal }),
  });

export const reservedKeysQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["reserved-keys", projectId],
    queryFn: ({ signal }) => api<List<ReservedKeys>>(`/projects/${projectId}/reserved-keys`, { signal }),
  });

export const eventNamesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["event-names", projectId],
    queryFn: ({ signal }) => api<List<EventName>>(`/projects/${projectId}/event-names`, { signal }),
    staleTime: 300_000,
  });

export const previewQuery = (projectId: string, input: PreviewInput) =>
  queryOptions({
    queryKey: ["preview", projectId, input],
    queryFn: ({ signal }) =>
      api<Preview>(`/projects/${projectId}/exports/preview`, { method: "POST", body: input, signal }),
    retry: false,
  });
