import { useQuery } from "@tanstack/react-query";
import { isActive } from "@/lib/client/polling";
import { progressQuery } from "@/lib/client/queries";
import type { HistoricProgress, RunProgress } from "@/lib/schemas/progress";
import type { Run } from "@/lib/schemas/run";

/** How far a run is, as last heard; undefined if it isn't active, or nothing was heard. */
export function useRunProgress(run: Pick<Run, "id" | "exportId" | "state">): RunProgress | undefined {
  const { data } = useQuery(progressQuery(run.exportId));
  return isActive(run) ? data?.runs.find(({ runId }) => runId === run.id) : undefined;
}

/** The same of a historic export. */
export function useHistoricProgress(item: Pick<Run, "id" | "exportId" | "state">): HistoricProgress | undefined {
  const { data } = useQuery(progressQuery(item.exportId));
  return isActive(item)
    ? data?.historicExports.find(({ historicExportId }) => historicExportId === item.id)
    : undefined;
}
