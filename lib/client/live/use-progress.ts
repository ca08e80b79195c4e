import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { Progress } from "@/lib/schemas/progress";
import { ask, openEvents } from "../api";
import { refresh } from "../asking";
import { progressQuery } from "../queries";
import { follow, type Source } from "./follow";
import { readEvents } from "./read-events";

/** Operations that show which runs and historic exports there are. */
const LISTS = ["getExport", "listRuns", "listHistoricExports", "getRun"] as const;

/** Operations that show how many files are done, and which attempt is at them. */
const FILES = ["listRuns", "getRun", "listRunFiles", "getTimeline"] as const;

const sourceOf = (exportId: string): Source => ({
  async *stream(signal) {
    yield* readEvents(await openEvents("streamProgress", { params: { id: exportId } }, signal));
  },
  ask: (signal) => ask("getProgress", { params: { id: exportId } }, { signal }),
});

/** What changes when a run begins or ends, and when a file or an attempt at it does. */
const marksOf = ({ runs, historicExports, activeRuns }: Progress) => ({
  runs: JSON.stringify([
    activeRuns,
    runs.map(({ runId, state }) => [runId, state]),
    historicExports.map(({ historicExportId, state, windowsDone }) => [historicExportId, state, windowsDone]),
  ]),
  files: JSON.stringify(
    runs.map(({ runId, filesDone, writing }) => [
      runId,
      filesDone,
      writing.map(({ index, attempt }) => [index, attempt]),
    ]),
  ),
});

/** Puts progress where `progressQuery` finds it, and refetches what it makes outdated. */
function keeper(queries: QueryClient, exportId: string) {
  let last: ReturnType<typeof marksOf> | undefined;
  return (progress: Progress) => {
    const marks = marksOf(progress);
    queries.setQueryData(progressQuery(exportId).queryKey, progress);
    if (last && marks.runs !== last.runs) void refresh(queries, LISTS);
    if (last && marks.files !== last.files) void refresh(queries, FILES);
    last = marks;
  };
}

const subscribe = (changed: () => void) => {
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
};
const isVisible = () => document.visibilityState === "visible";

/**
 * Follows the progress of an export's runs while `active` and the page is visible: by one stream, or by polling where
 * that doesn't work. Sends nothing otherwise. A page uses it for one export at a time: a browser opens six connections
 * to a host over HTTP/1.1.
 */
export function useProgress(exportId: string, active: boolean): void {
  const queries = useQueryClient();
  const visible = useSyncExternalStore(subscribe, isVisible, () => false);
  const follows = active && visible;
  useEffect(() => {
    if (!follows) return;
    const ended = new AbortController();
    const onIdle = () => void refresh(queries, [...LISTS, ...FILES]);
    void follow(sourceOf(exportId), { onProgress: keeper(queries, exportId), onIdle }, ended.signal);
    return () => ended.abort();
  }, [exportId, follows, queries]);
}
