import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { atBase } from "@/lib/base-path";
import type { CheckKind, CheckOutcome } from "@/lib/fields/checks";
import type { RunState } from "@/lib/fields/run-state";
import { type Input, pathOf } from "@/lib/openapi/client";
import type { CreateExport, Export } from "@/lib/schemas/export";
import type { LogFilter, Run, RunLog } from "@/lib/schemas/run";
import { ApiError, ask, inOrganization } from "./api";
import { pagesOf, queryOf, wholeOf } from "./asking";
import { isActive, isBusy, LIVE_MS, pollActivity, pollDue, pollExports, pollWhileActive } from "./polling";
import { previewInput } from "./preview";

/** Queries about exports and what they need: how often each polls, and what shows meanwhile. */

const HARDLY_CHANGES = { staleTime: 300_000 };
/** The maximum page size of a list. */
const PAGE = { limit: 200 };

export const meQuery = () => queryOptions({ ...queryOf("getMe", {}), ...HARDLY_CHANGES });

export const sourceQuery = () => queryOf("getSource", {});

/** Asks again while a decision is carried out, and while one is to be made elsewhere. */
export const installationQuery = () =>
  queryOptions({
    ...queryOf("getInstallation", {}),
    refetchInterval: ({ state }) => (state.data?.hold ? 2_000 : false),
  });

/** A project's newest exports, which is all that a choice among them shows. */
export const exportsQuery = (projectId: string) => queryOf("listExports", { params: { projectId }, query: PAGE });

/** All of a project's exports, page by page. */
export const exportPagesQuery = (projectId: string) =>
  infiniteQueryOptions({
    ...pagesOf("listExports", (page) => ({ params: { projectId }, query: page }), PAGE.limit, { keep: true }),
    refetchInterval: ({ state }) => pollExports(state.data?.pages.flatMap((page) => page.items)),
  });

export const exportQuery = (id: string) =>
  queryOptions({
    ...queryOf("getExport", { params: { id } }),
    // While it runs, its page follows its progress.
    refetchInterval: ({ state }) =>
      state.data && isBusy(state.data) ? 5 * LIVE_MS : pollDue(state.data && [state.data]),
  });

/** An export's runs, newest first. */
export const runsQuery = (exportId: string, state: RunState | null) =>
  infiniteQueryOptions({
    ...pagesOf("listRuns", (page) => ({ params: { id: exportId }, query: { ...page, state } }), 25),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => pollWhileActive(data?.pages.flatMap((page) => page.items)),
  });

export const coverageQuery = (exportId: string, from: string, to: string) =>
  queryOf("getCoverage", { params: { id: exportId }, query: { from, to } });

/** All runs of one window, the newest first. */
export const windowRunsQuery = (exportId: string, window: { start: string; end: string }) =>
  queryOptions({
    ...queryOf("listRuns", { params: { id: exportId }, query: { ...PAGE, from: window.start, to: window.end } }),
    refetchInterval: ({ state }) => pollWhileActive(state.data?.items),
  });

interface CheckFilter {
  kind?: CheckKind | null;
  outcome?: CheckOutcome | null;
  from?: string;
  to?: string;
}

/** What checks of an export found, newest first. */
export const checksQuery = (exportId: string, filter: CheckFilter) =>
  infiniteQueryOptions({
    ...pagesOf("listChecks", (page) => ({ params: { id: exportId }, query: { ...page, ...filter } }), 25),
    placeholderData: keepPreviousData,
  });

/** How far requested checks are; polled until they end. */
export const checkRequestQuery = (id: string) =>
  queryOptions({
    ...queryOf("getChecks", { params: { id } }),
    refetchInterval: ({ state }) => (state.data?.state === "Running" ? LIVE_MS : false),
  });

export const catchUpQuery = (exportId: string) => queryOf("getCatchUp", { params: { id: exportId } });

/** An export's newest historic exports: enough to follow those that run. */
export const historicExportsQuery = (exportId: string) =>
  queryOptions({
    ...queryOf("listHistoricExports", { params: { id: exportId }, query: PAGE }),
    refetchInterval: ({ state }) => pollWhileActive(state.data?.items),
  });

/** An export's historic exports, newest first. */
export const historicPagesQuery = (exportId: string) =>
  infiniteQueryOptions({
    ...pagesOf("listHistoricExports", (page) => ({ params: { id: exportId }, query: page }), 25),
    refetchInterval: ({ state: { data } }) => pollWhileActive(data?.pages.flatMap((page) => page.items)),
  });

export const estimateQuery = (exportId: string, body: Input<"estimateHistoricExport">["body"]) =>
  queryOptions({ ...queryOf("estimateHistoricExport", { params: { id: exportId }, body }), retry: false });

export const runQuery = (id: string) =>
  queryOptions({
    ...queryOf("getRun", { params: { id } }),
    refetchInterval: ({ state }) => pollWhileActive(state.data && [state.data]),
  });

export function runFilesQuery(run: Run) {
  const query = queryOf("listRunFiles", { params: { id: run.id }, query: PAGE });
  return queryOptions({
    ...query,
    // The key changes when the run ends, so that its files are fetched once more.
    queryKey: [...query.queryKey, isActive(run)],
    placeholderData: keepPreviousData,
    refetchInterval: pollWhileActive([run]),
  });
}

/** When each part of a run began and ended. */
export const timelineQuery = (run: Run) => {
  const query = queryOf("getTimeline", { params: { id: run.id } });
  return queryOptions({
    ...query,
    queryKey: [...query.queryKey, run.state],
    placeholderData: keepPreviousData,
    refetchInterval: isActive(run) ? LIVE_MS : false,
  });
};

/** How far an export's active runs are. Nothing asks by it: `useProgress` fills it. */
export const progressQuery = (exportId: string) =>
  queryOptions({ ...queryOf("getProgress", { params: { id: exportId } }), enabled: false });

/** What an export's windows measured over time. */
export const trendsQuery = (exportId: string, range: Input<"getTrends">["query"]) =>
  queryOptions({
    ...queryOf("getTrends", { params: { id: exportId }, query: range }),
    placeholderData: keepPreviousData,
  });

export const receiptQuery = (runId: string) =>
  queryOptions({ ...queryOf("getReceipt", { params: { id: runId } }), staleTime: Number.POSITIVE_INFINITY });

/** How tools read what an export wrote. */
export const exportSnippetsQuery = (exportId: string) => queryOf("getExportSnippets", { params: { id: exportId } });

/** How tools read what a completed run wrote. */
export const runSnippetsQuery = (runId: string) => queryOf("getRunSnippets", { params: { id: runId } });

/** An export's chain of receipts, newest first. */
export const chainQuery = (exportId: string) =>
  pagesOf("listChain", (page) => ({ params: { id: exportId }, query: { ...page, order: "newest" as const } }), 25);

/** The signed head of an export's chain; null before the first signed receipt. */
export const chainHeadQuery = (exportId: string) => {
  const { queryKey } = queryOf("getChainHead", { params: { id: exportId } });
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) =>
      ask("getChainHead", { params: { id: exportId } }, { signal }).catch((error: Error) => {
        if (error instanceof ApiError && error.code === "no_chain") return null;
        throw error;
      }),
  });
};

/** Each answer is signed anew, so the one that is shown stays until the page is loaded again. */
export const certificateQuery = (exportId: string, range: Input<"getCertificate">["query"]) =>
  queryOptions({
    ...queryOf("getCertificate", { params: { id: exportId }, query: range }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A run's log so far. Each poll fetches only the lines after the last known one. */
export const runLogsQuery = (run: Run, filter: LogFilter) => {
  const params = { id: run.id };
  const key = ["listRunLogs", { params, query: filter }] as const;
  return queryOptions({
    // The key changes when the run ends, so that its last lines are fetched.
    queryKey: [...key, isActive(run)] as const,
    queryFn: async ({ signal, client }) => {
      const known = [true, false].map((active) => client.getQueryData<RunLog[]>([...key, active]) ?? []);
      const lines = [...known.reduce((most, some) => (some.length > most.length ? some : most))];
      for (;;) {
        const query = { ...filter, ...PAGE, after: lines.at(-1)?.id };
        const page = await ask("listRunLogs", { params, query }, { signal });
        lines.push(...page.items);
        if (page.nextCursor === null || page.items.length === 0) return lines;
      }
    },
    placeholderData: keepPreviousData,
    refetchInterval: isActive(run) ? LIVE_MS : false,
  });
};

/** The URL of a run's log as a text file. */
export const runLogAddress = (runId: string, filter: LogFilter) =>
  atBase(inOrganization(pathOf("downloadRunLogs", { params: { id: runId }, query: filter })));

export type ActivityFilter = Omit<NonNullable<Input<"listActivity">["query"]>, "cursor" | "limit">;

/** A project's exports, looked at again while one runs, and when the next run of one is due. */
export const liveExportsQuery = (projectId: string) =>
  queryOptions({ ...exportsQuery(projectId), refetchInterval: ({ state }) => pollExports(state.data?.items) });

/** A project's requests, newest first; polled while one runs, and when the next run of an export is due. */
export const activityQuery = (projectId: string, filter: ActivityFilter, exports: readonly Export[] | undefined) =>
  infiniteQueryOptions({
    ...pagesOf("listActivity", (page) => ({ params: { projectId }, query: { ...page, ...filter } })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      pollActivity(
        data?.pages.flatMap((page) => page.items),
        exports,
      ),
  });

/** A project's connections, page by page. */
export const connectionPagesQuery = (projectId: string) =>
  pagesOf("listConnections", (page) => ({ params: { projectId }, query: page }), PAGE.limit);

/** All of a project's connections, to choose one. */
export const connectionsQuery = (projectId: string) =>
  wholeOf("listConnections", (page) => ({ params: { projectId }, query: page }));

export const connectionQuery = (id: string) => queryOf("getConnection", { params: { id } });

export const policyQuery = (body: Input<"generatePolicy">["body"]) =>
  queryOptions({ ...queryOf("generatePolicy", { body }), placeholderData: keepPreviousData, ...HARDLY_CHANGES });

export const setupScriptQuery = (body: Input<"setupScript">["body"]) =>
  queryOptions({ ...queryOf("setupScript", { body }), placeholderData: keepPreviousData, ...HARDLY_CHANGES });

export const bucketsQuery = () => queryOf("listBuckets", {});

export const reservedKeysQuery = (projectId: string) => queryOf("listReservedKeys", { params: { projectId } });

export const eventNamesQuery = (projectId: string) =>
  queryOptions({ ...queryOf("listEventNames", { params: { projectId } }), ...HARDLY_CHANGES });

export const previewQuery = (projectId: string, value: CreateExport) =>
  queryOptions({
    ...queryOf("previewExport", { params: { projectId }, body: previewInput(value) }),
    retry: false,
  });
